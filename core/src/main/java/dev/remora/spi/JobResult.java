package dev.remora.spi;

import dev.remora.model.Cause;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How an attempt of a job ended.
 *
 * @param cause why it failed; empty if it succeeded
 * @param message what to tell people of the failure, empty if nothing
 * @param outputs what it put out; dropped unless it succeeded
 * @param beforeStop whether the job is known to have ended by itself before it was asked to stop; then this result
 *     counts, although the stop was asked for meanwhile
 * @param begun false if the job is known never to have begun, and never to begin: then its node is tried again at once,
 *     and neither an attempt nor a loss is counted
 */
public record JobResult(
        Optional<Cause> cause, String message, Map<String, String> outputs, boolean beforeStop, boolean begun) {
    private static final JobResult SUCCESS = new JobResult(Optional.empty(), "", Map.of(), false, true);
    private static final JobResult NOT_BEGUN =
            new JobResult(Optional.of(Cause.LOST), "its engine was gone before the job began", Map.of(), false, false);

    /**
     * Creates a result.
     *
     * @throws NullPointerException if a component is null
     */
    public JobResult {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(message, "message");
        outputs = Map.copyOf(outputs);
    }

    /**
     * Returns a success without outputs.
     *
     * @return the result
     */
    public static JobResult success() {
        return SUCCESS;
    }

    /**
     * Returns a success.
     *
     * @param outputs what the job put out
     * @return the result
     */
    public static JobResult success(Map<String, String> outputs) {
        return outputs.isEmpty() ? SUCCESS : new JobResult(Optional.empty(), "", outputs, false, true);
    }

    /**
     * Returns a failure.
     *
     * @param cause why
     * @param message what to tell people
     * @return the result
     */
    public static JobResult failed(Cause cause, String message) {
        return new JobResult(Optional.of(cause), message, Map.of(), false, true);
    }

    /**
     * Returns the result of a job whose engine was gone before it began, and that will never begin.
     *
     * @return the result, for {@link JobType#reattach}
     */
    public static JobResult notBegun() {
        return NOT_BEGUN;
    }

    /**
     * Says that the job had ended by itself before it was asked to stop.
     *
     * @return a changed copy
     */
    public JobResult endedBeforeStop() {
        return new JobResult(cause, message, outputs, true, begun);
    }

    /**
     * Tells whether the job succeeded.
     *
     * @return true if there is no cause of failure
     */
    public boolean succeeded() {
        return cause.isEmpty();
    }
}
