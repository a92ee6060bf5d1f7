package dev.remora.spi;

import java.util.Objects;
import java.util.Optional;

/**
 * A change of an execution that is held. If it is neither held nor final from then on, the engine that makes the change
 * owns it.
 *
 * @param execId the execution
 * @param expected the state that must be stored for the change to be made; held
 * @param next the state from then on
 * @param notice an end that someone is to be notified of
 */
public record HeldChange(long execId, ExecutionState expected, ExecutionState next, Optional<ExecutionState> notice) {
    /**
     * Creates a change.
     *
     * @throws NullPointerException if a component is null
     */
    public HeldChange {
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(next, "next");
        Objects.requireNonNull(notice, "notice");
    }
}
