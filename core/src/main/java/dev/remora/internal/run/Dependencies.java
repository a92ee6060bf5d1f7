package dev.remora.internal.run;

import dev.remora.internal.dag.Dag;
import dev.remora.internal.dag.Definition;
import dev.remora.internal.dag.IntQueue;
import java.util.BitSet;

/**
 * What nodes of a round wait for, and how ends travel along the edges. A disabled node is transparent (F2): it ends when
 * its dependencies have, and a failure passes through it as soon as it is known, unless its trigger is ALL_DONE.
 */
final class Dependencies {
    private final Definition definition;
    private final Dag.Adjacency successors;
    private final BitSet inRound;

    /** How many dependencies of a node, within the round, have not ended. */
    private final int[] pending;

    /** Disabled nodes that are known not to let a success pass. */
    private final BitSet tainted = new BitSet();

    /** Nodes whose end has yet to reach their successors. */
    private final IntQueue ended = new IntQueue();

    /** Disabled nodes whose taint has yet to reach their successors. */
    private final IntQueue tainting = new IntQueue();

    Dependencies(Definition definition, BitSet inRound) {
        this.definition = definition;
        this.inRound = inRound;
        successors = definition.dag().successors();
        pending = new int[definition.size()];
        for (int node = inRound.nextSetBit(0); node >= 0; node = inRound.nextSetBit(node + 1)) {
            for (int i = successors.from(node); i < successors.to(node); i++) {
                if (inRound.get(successors.at(i))) {
                    pending[successors.at(i)]++;
                }
            }
        }
    }

    /** Whether every dependency of the node has ended. */
    boolean met(int node) {
        return pending[node] == 0;
    }

    /** An enabled node has ended; {@link #spread} lets its successors know. */
    void ended(int node) {
        ended.add(node);
    }

    /** Lets every end reach what depends on it, and what follows from that. Loops, so that depth does not matter. */
    void spread(Run run, long now, RunOutput out) {
        while (true) {
            if (!tainting.isEmpty()) {
                int node = tainting.remove();
                for (int i = successors.from(node); i < successors.to(node); i++) {
                    taint(successors.at(i), run, now, out);
                }
            } else if (!ended.isEmpty()) {
                spread(ended.remove(), run, now, out);
            } else {
                return;
            }
        }
    }

    private void spread(int node, Run run, long now, RunOutput out) {
        boolean succeeded = definition.disabled(node) ? !tainted.get(node) : run.hasSucceeded(node);
        for (int i = successors.from(node); i < successors.to(node); i++) {
            int next = successors.at(i);
            if (!inRound.get(next)) {
                continue;
            }
            if (!succeeded) {
                taint(next, run, now, out);
            }
            if (--pending[next] > 0) {
                continue;
            }
            if (definition.disabled(next)) {
                ended.add(next);
            } else {
                run.release(next, now, out);
            }
        }
    }

    /** A dependency of the node is known not to succeed. */
    private void taint(int node, Run run, long now, RunOutput out) {
        if (!inRound.get(node) || definition.allDone(node)) {
            return;
        }
        if (!definition.disabled(node)) {
            run.doom(node, now, out);
        } else if (!tainted.get(node)) {
            tainted.set(node);
            tainting.add(node);
        }
    }
}
