package dev.remora.internal.run;

import dev.remora.model.Cause;
import dev.remora.model.Status;
import java.util.List;

/** What the reference knows of one node. */
final class ReferenceNode {
    static final long NEVER = Long.MAX_VALUE;

    /** Where a node that takes part in the round stands. */
    enum Phase {
        WAITING,
        BACKING_OFF,
        RUNNING,
        ENDED
    }

    /** Why a running attempt was told to stop. */
    enum Stop {
        NONE,
        NODE_TIMEOUT,
        POLICY,
        EXECUTION_TIMEOUT,
        COMMAND
    }

    final int number;
    final String name;
    final boolean selected;
    final boolean disabled;
    final boolean cleanUp;
    final boolean instant;

    /** Whether the current round runs it, or passes through it if it is disabled. */
    boolean takesPart;
    /** Its dependencies that take part. */
    List<ReferenceNode> dependencies = List.of();

    Phase phase = Phase.WAITING;
    Status end = Status.INIT;
    Cause cause;
    int attempt;
    int failures;
    int losses;
    long retryAt = NEVER;
    long timeoutAt = NEVER;
    long stopAt = NEVER;
    Stop stop = Stop.NONE;
    Cause stopCause;

    ReferenceNode(int number, String name, boolean selected, boolean disabled, boolean cleanUp, boolean instant) {
        this.number = number;
        this.name = name;
        this.selected = selected;
        this.disabled = disabled;
        this.cleanUp = cleanUp;
        this.instant = instant;
    }

    /** Selected and enabled: it has a state of its own. */
    boolean counts() {
        return selected && !disabled;
    }

    /** Runs, or may still run, in this round. */
    boolean plays() {
        return takesPart && !disabled;
    }

    boolean hasEnded() {
        return disabled ? dependencies.stream().allMatch(ReferenceNode::hasEnded) : phase == Phase.ENDED;
    }

    /** Whether it is known that an ALL_SUCCESS node behind this one will never start. */
    boolean isNotOk() {
        if (disabled) {
            return !cleanUp && dependencies.stream().anyMatch(ReferenceNode::isNotOk);
        }
        return phase == Phase.ENDED && end != Status.SUCCESS;
    }

    boolean dependenciesMet() {
        return dependencies.stream().allMatch(ReferenceNode::hasEnded)
                && (cleanUp || dependencies.stream().noneMatch(ReferenceNode::isNotOk));
    }

    boolean isStopping() {
        return phase == Phase.RUNNING && stop != Stop.NONE;
    }

    void end(Status status, Cause why) {
        phase = Phase.ENDED;
        end = status;
        cause = why;
    }
}
