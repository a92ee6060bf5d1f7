package dev.remora.model;

import java.util.Objects;
import java.util.Optional;

/**
 * How an engine is, as its last calls of the storage have found; a beat makes some every few seconds.
 *
 * @param condition all of it in one word
 * @param summary all of it in one sentence
 * @param leaseHeld whether it has its lease; without one it acts for no execution
 * @param storageProblem why the storage is away; empty if it is not
 * @param activeExecutions executions that it acts for
 * @param troubledExecutions executions that it cannot go on with for now
 * @param runningNodes nodes whose jobs run here
 * @param usedSlots slots that are taken
 * @param slots how many slots it has
 * @param waitingNodes nodes that wait for a slot
 * @param waitingCommits changes that wait to be stored
 */
public record Health(
        Condition condition,
        String summary,
        boolean leaseHeld,
        Optional<String> storageProblem,
        int activeExecutions,
        int troubledExecutions,
        int runningNodes,
        int usedSlots,
        int slots,
        long waitingNodes,
        int waitingCommits) {
    /** How an engine is, in one word. */
    public enum Condition {
        /** It works. */
        UP,
        /** It has lost its lease or its storage, does nothing meanwhile, and goes on by itself when it has it back. */
        AWAY,
        /** It is closed. */
        CLOSED
    }

    /**
     * Creates a report.
     *
     * @throws NullPointerException if a component is null
     */
    public Health {
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(summary, "summary");
        Objects.requireNonNull(storageProblem, "storageProblem");
    }
}
