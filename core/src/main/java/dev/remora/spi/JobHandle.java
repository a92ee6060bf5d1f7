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

    /**
     * Stops looking after the job: the engine does not own its execution any more. Which engine does looks for the job by
     * {@link JobType#reattach}, maybe has found it already, and starts another if it finds none. Returns at once; what
     * becomes of the completion does not matter.
     *
     * <p>By default the job is {@linkplain #stop stopped}, which is right for one that nobody can find again. A job that
     * can be found must be left alone: it is no longer this engine's.
     *
     * @param grace how long it may take to stop by itself, if it is stopped
     */
    default void leave(Duration grace) {
        stop(grace);
    }
}
