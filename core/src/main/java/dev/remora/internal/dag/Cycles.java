package dev.remora.internal.dag;

import dev.remora.internal.dag.Dag.Adjacency;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Finds one cycle in each knot of nodes that all lead to one another. Loops and arrays only, so that depth does not
 * matter; time and memory are linear in nodes plus edges. A node that depends on itself is no knot: it is reported
 * where it says so.
 */
public final class Cycles {
    private final Dag dag;
    private final BitSet left;
    private final int[] order;
    private final int[] low;
    private final int[] edge;
    private final int[] path;
    private final int[] open;
    private int pathEnd;
    private int openEnd;
    private int visited;

    private Cycles(Dag dag, BitSet left) {
        this.dag = dag;
        this.left = left;
        order = new int[dag.size()];
        low = new int[dag.size()];
        edge = new int[dag.size()];
        path = new int[left.cardinality()];
        open = new int[left.cardinality()];
    }

    /**
     * Finds the cycles.
     *
     * @return a shortest one through the first node of each knot, in the order of definition; each begins with that
     *     node, goes along the edges, and leaves out the way back to it
     */
    public static List<int[]> in(Dag dag) {
        int[] sorted = dag.topologicalOrder();
        if (sorted.length == dag.size()) {
            return List.of();
        }
        BitSet left = Selection.all(dag);
        for (int node : sorted) {
            left.clear(node);
        }
        return new Cycles(dag, left).find();
    }

    private List<int[]> find() {
        int[] first = new int[dag.size()];
        Arrays.fill(first, -1);
        for (int node = left.nextSetBit(0); node >= 0; node = left.nextSetBit(node + 1)) {
            if (order[node] == 0) {
                search(node, first);
            }
        }
        List<int[]> cycles = new ArrayList<>();
        int[] from = new int[dag.size()];
        Arrays.fill(from, -1);
        for (int node = left.nextSetBit(0); node >= 0; node = left.nextSetBit(node + 1)) {
            if (first[node] == node) {
                shortest(node, first, from).ifPresent(cycles::add);
            }
        }
        return cycles;
    }

    /** Tarjan's search for strongly connected components, from one node. */
    private void search(int root, int[] first) {
        Adjacency successors = dag.successors();
        enter(root);
        while (pathEnd > 0) {
            int node = path[pathEnd - 1];
            if (edge[node] < successors.to(node)) {
                int next = successors.at(edge[node]++);
                if (order[next] == 0) {
                    enter(next);
                } else if (first[next] < 0) {
                    low[node] = Math.min(low[node], order[next]);
                }
            } else {
                pathEnd--;
                if (pathEnd > 0) {
                    low[path[pathEnd - 1]] = Math.min(low[path[pathEnd - 1]], low[node]);
                }
                if (low[node] == order[node]) {
                    close(node, first);
                }
            }
        }
    }

    private void enter(int node) {
        order[node] = low[node] = ++visited;
        edge[node] = dag.successors().from(node);
        path[pathEnd++] = node;
        open[openEnd++] = node;
    }

    /** Takes a finished component off and notes for each of its nodes which of them is defined first. */
    private void close(int node, int[] first) {
        int start = openEnd;
        int least = node;
        do {
            least = Math.min(least, open[--start]);
        } while (open[start] != node);
        for (int i = start; i < openEnd; i++) {
            first[open[i]] = least;
        }
        openEnd = start;
    }

    private Optional<int[]> shortest(int start, int[] first, int[] from) {
        Adjacency successors = dag.successors();
        int end = 0;
        open[end++] = start;
        for (int next = 0; next < end; next++) {
            int node = open[next];
            for (int i = successors.from(node); i < successors.to(node); i++) {
                int successor = successors.at(i);
                if (successor == start && node != start) {
                    return Optional.of(wayTo(node, start, from));
                }
                if (successor != start && first[successor] == start && from[successor] < 0) {
                    from[successor] = node;
                    open[end++] = successor;
                }
            }
        }
        return Optional.empty();
    }

    private static int[] wayTo(int last, int start, int[] from) {
        int length = 1;
        for (int node = last; node != start; node = from[node]) {
            length++;
        }
        int[] way = new int[length];
        int node = last;
        for (int i = length - 1; i > 0; i--) {
            way[i] = node;
            node = from[node];
        }
        way[0] = start;
        return way;
    }
}
