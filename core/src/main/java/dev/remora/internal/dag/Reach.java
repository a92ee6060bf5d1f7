package dev.remora.internal.dag;

import dev.remora.internal.dag.Dag.Adjacency;
import java.util.BitSet;

/** What can be reached from some nodes along the edges, in time and memory linear in nodes plus edges. */
public final class Reach {
    private Reach() {}

    /**
     * Finds the nodes that can be reached.
     *
     * @param edges the direction to go
     * @param size how many nodes there are
     * @param start where to begin
     * @param within only nodes of this set are walked over
     * @return the nodes reached, those of {@code start} among them
     */
    public static BitSet from(Adjacency edges, int size, BitSet start, BitSet within) {
        BitSet reached = (BitSet) start.clone();
        int[] open = new int[size];
        int end = 0;
        for (int node = start.nextSetBit(0); node >= 0; node = start.nextSetBit(node + 1)) {
            open[end++] = node;
        }
        while (end > 0) {
            int node = open[--end];
            for (int i = edges.from(node); i < edges.to(node); i++) {
                int next = edges.at(i);
                if (within.get(next) && !reached.get(next)) {
                    reached.set(next);
                    open[end++] = next;
                }
            }
        }
        return reached;
    }

    /** Tells whether a node can be reached from another along the edges; near nodes are looked at first. */
    public static boolean leads(Adjacency edges, int from, int to) {
        BitSet seen = new BitSet();
        IntQueue open = new IntQueue();
        open.add(from);
        while (!open.isEmpty()) {
            int node = open.remove();
            for (int i = edges.from(node); i < edges.to(node); i++) {
                int next = edges.at(i);
                if (next == to) {
                    return true;
                }
                if (!seen.get(next)) {
                    seen.set(next);
                    open.add(next);
                }
            }
        }
        return false;
    }
}
