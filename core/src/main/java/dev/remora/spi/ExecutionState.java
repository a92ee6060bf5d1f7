package dev.remora.spi;

import dev.remora.model.Cause;
import dev.remora.model.Status;
import java.util.Objects;
import java.util.Optional;

/**
 * What changes of an execution while it goes. Times are epoch milliseconds, 0 for none.
 *
 * @param status the state
 * @param cause what decides, or decided, how it ends: the first of a kill, a failed node, and its time being up
 * @param version the version of the definition that the current round uses
 * @param round 1, and one more with each rerun
 * @param startedAt when the first node of the first round started
 * @param roundStartedAt when the first node of the current round started
 * @param endedAt when it became final
 * @param pausedAt since when it is paused
 * @param deadlineAt when its time is up; moved on by the length of each pause
 */
public record ExecutionState(
        Status status,
        Optional<Cause> cause,
        int version,
        int round,
        long startedAt,
        long roundStartedAt,
        long endedAt,
        long pausedAt,
        long deadlineAt) {
    /**
     * Creates a state.
     *
     * @throws NullPointerException if a component is null
     */
    public ExecutionState {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(cause, "cause");
    }

    /**
     * Returns the state of an execution that was just accepted.
     *
     * @param version the version of its definition
     * @return state INIT, round 1
     */
    public static ExecutionState accepted(int version) {
        return new ExecutionState(Status.INIT, Optional.empty(), version, 1, 0, 0, 0, 0, 0);
    }
}
