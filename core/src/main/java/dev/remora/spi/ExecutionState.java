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
 * @param deadlineAt when its time is up, to run or to wait for others; moved on by the length of each pause
 * @param held whether it waits for its turn or for other workflows: then nobody owns it, and it is changed by
 *     {@link HeldChange} only
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
        long deadlineAt,
        boolean held) {
    /**
     * Creates a state of an execution that is not held.
     *
     * @param status the state
     * @param cause what decides, or decided, how it ends
     * @param version the version of the definition
     * @param round the round
     * @param startedAt when the first node of the first round started
     * @param roundStartedAt when the first node of the current round started
     * @param endedAt when it became final
     * @param pausedAt since when it is paused
     * @param deadlineAt when its time is up
     */
    public ExecutionState(
            Status status,
            Optional<Cause> cause,
            int version,
            int round,
            long startedAt,
            long roundStartedAt,
            long endedAt,
            long pausedAt,
            long deadlineAt) {
        this(status, cause, version, round, startedAt, roundStartedAt, endedAt, pausedAt, deadlineAt, false);
    }

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

    /**
     * Returns this state, held before its round has started.
     *
     * @param shown what it shows: INIT, WAITING_DEP, or PAUSED
     * @param pausedAt since when it is paused, 0 if it is not
     * @param deadlineAt until when it may wait for other workflows, 0 while it waits for its turn
     * @return a copy
     */
    public ExecutionState held(Status shown, long pausedAt, long deadlineAt) {
        return new ExecutionState(shown, Optional.empty(), version, round, startedAt, 0, 0, pausedAt, deadlineAt, true);
    }

    /**
     * Returns this state, free to start.
     *
     * @return state INIT, not held
     */
    public ExecutionState released() {
        return new ExecutionState(Status.INIT, Optional.empty(), version, round, startedAt, 0, 0, 0, 0, false);
    }

    /**
     * Returns this state, ended before its round has started.
     *
     * @param end how it ended
     * @param why why
     * @param at when, epoch milliseconds
     * @return a final state, not held
     */
    public ExecutionState ended(Status end, Cause why, long at) {
        return new ExecutionState(end, Optional.of(why), version, round, startedAt, 0, at, 0, 0, false);
    }
}
