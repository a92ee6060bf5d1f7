package dev.remora.spi;

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
}
