package dev.remora.spi;

import dev.remora.model.ExecutionCursor;
import java.util.Objects;

/**
 * An execution as it is stored, without its nodes.
 *
 * @param execId its id
 * @param submission what never changes
 * @param state what changes
 */
public record ExecutionRecord(long execId, Submission submission, ExecutionState state) {
    /**
     * Creates a record.
     *
     * @throws NullPointerException if a component is null
     */
    public ExecutionRecord {
        Objects.requireNonNull(submission, "submission");
        Objects.requireNonNull(state, "state");
    }

    /**
     * Returns the place of the execution in the order of lists.
     *
     * @return by its start, or by its submission if it has not started
     */
    public ExecutionCursor place() {
        long started = state.startedAt();
        return new ExecutionCursor(
                started != 0 ? started : submission.submitTime().toEpochMilli(), execId);
    }
}
