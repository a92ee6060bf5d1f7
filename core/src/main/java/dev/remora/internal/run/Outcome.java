package dev.remora.internal.run;

import dev.remora.model.Cause;
import dev.remora.model.Status;
import java.util.BitSet;

/** How a round ended, from what its nodes show and what decided first (specification §4, F14, F29, F30). */
record Outcome(Status status, Cause cause) {
    /**
     * Works out the end.
     *
     * @param selected the nodes of the execution, also those that are not part of the round
     * @param inRound the nodes of the round; only they can have been stopped by its kill
     * @param decided the first of a kill, a failed node, and the time being up; null for none
     */
    static Outcome of(NodeTable nodes, BitSet selected, BitSet inRound, Cause decided) {
        Cause failure = null;
        Cause kill = null;
        boolean stoppedByKill = false;
        for (int node = selected.nextSetBit(0); node >= 0; node = selected.nextSetBit(node + 1)) {
            Status status = nodes.status(node);
            if (status == Status.FAILED && failure == null) {
                failure = nodes.cause(node);
            } else if (status == Status.KILL) {
                kill = kill == null ? nodes.cause(node) : kill;
                stoppedByKill |= inRound.get(node)
                        && (nodes.cause(node) == decided || nodes.cause(node) == Cause.KILL_UNVERIFIED);
            }
        }
        if (Lifecycle.isKill(decided) && stoppedByKill) {
            return new Outcome(Status.KILL, decided);
        }
        if (decided == Cause.TIMEOUT || failure != null) {
            return new Outcome(Status.FAILED, Lifecycle.isKill(decided) || decided == null ? failure : decided);
        }
        return kill == null ? new Outcome(Status.SUCCESS, null) : new Outcome(Status.KILL, kill);
    }
}
