package dev.remora.event;

import dev.remora.model.Cause;
import dev.remora.model.Status;
import java.time.Instant;
import java.util.Optional;

/** Something that happened to an execution. */
public sealed interface ExecutionEvent {
    /**
     * Returns the execution.
     *
     * @return its id
     */
    long execId();

    /**
     * Returns when it happened.
     *
     * @return the time on the engine's clock
     */
    Instant at();

    /**
     * An execution was accepted.
     *
     * @param execId the execution
     * @param at when
     * @param project the project
     * @param workflow the workflow
     */
    record Submitted(long execId, Instant at, String project, String workflow) implements ExecutionEvent {}

    /**
     * An execution went from one state to another.
     *
     * @param execId the execution
     * @param at when
     * @param project the project
     * @param workflow the workflow
     * @param from the state before
     * @param to the state after
     * @param cause why, where that needs an explanation
     */
    record ExecutionChanged(
            long execId, Instant at, String project, String workflow, Status from, Status to, Optional<Cause> cause)
            implements ExecutionEvent {}

    /**
     * A node went from one state to another.
     *
     * @param execId the execution
     * @param at when
     * @param node the node
     * @param attempt the number of its last attempt, 0 if there was none
     * @param from the state before
     * @param to the state after
     * @param cause why, where that needs an explanation
     */
    record NodeChanged(long execId, Instant at, String node, int attempt, Status from, Status to, Optional<Cause> cause)
            implements ExecutionEvent {}

    /**
     * A job was told to stop, and nobody could verify in time that it is gone. Somebody should look.
     *
     * @param execId the execution
     * @param at when
     * @param node the node
     * @param attempt the number of the attempt
     */
    record KillUnverified(long execId, Instant at, String node, int attempt) implements ExecutionEvent {}

    /**
     * A job that could not be verified gone has ended after all.
     *
     * @param execId the execution
     * @param at when
     * @param node the node
     * @param attempt the number of the attempt
     */
    record KillVerified(long execId, Instant at, String node, int attempt) implements ExecutionEvent {}
}
