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
     * Stops looking after the job: the engine does not own its execution any more, or closes and leaves it to the next
     * one. Which engine owns it then looks for the job by {@link JobType#reattach}, maybe has found it already, and starts
     * another if it finds none. Returns at once.
     *
     * <p>By default the job is {@linkplain #stop stopped}, which is right for one that nobody can find again. A job that
     * can be found must be left alone: it is no longer this engine's, and what becomes of the completion does not matter.
     *
     * @param grace how long it may take to stop by itself, if it is stopped
     * @return whether the job goes on, and can be found; if not, its completion tells when it is gone
     */
    default boolean leave(Duration grace) {
        stop(grace);
        return false;
    }
}
