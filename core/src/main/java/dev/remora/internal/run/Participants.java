package dev.remora.internal.run;

import dev.remora.internal.dag.Dag;
import dev.remora.internal.dag.Definition;
import dev.remora.internal.dag.IntQueue;
import java.util.BitSet;

/** Which nodes take part in a round. Edges that leave this set count as met. */
final class Participants {
    private Participants() {}

    /**
     * Adds the disabled nodes that a round passes through: those that have a dependency in it, directly or through
     * other disabled nodes.
     *
     * @param enabled the nodes that run in the round
     * @param selected the nodes that take part in the execution at all
     */
    static BitSet withDisabled(Definition definition, BitSet enabled, BitSet selected) {
        BitSet all = (BitSet) enabled.clone();
        Dag.Adjacency successors = definition.dag().successors();
        IntQueue open = new IntQueue();
        enabled.stream().forEach(open::add);
        while (!open.isEmpty()) {
            int node = open.remove();
            for (int i = successors.from(node); i < successors.to(node); i++) {
                int next = successors.at(i);
                if (definition.disabled(next) && selected.get(next) && !all.get(next)) {
                    all.set(next);
                    open.add(next);
                }
            }
        }
        return all;
    }
}
