package dev.remora.spi;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A job that was started. Safe for use by several threads. */
public interface JobHandle {
    /**
     * Completes when the job has ended: its result is known, its last line is in the log, and nothing of it runs any
     * more. Completing exceptionally means a failure with cause EXCEPTION.
     *
     * @return the same stage each time
     */
    CompletionStage<JobResult> completion();

    /**
     * Asks the job to stop, and forces it after a grace time. Returns at once; the {@linkplain #completion()
     * completion} tells when it is verified gone. Asking again changes nothing.
     *
     * @param grace how long it may take to stop by itself
     */
    void stop(Duration grace);
}
