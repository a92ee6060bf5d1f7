package dev.remora.internal.dag;

import dev.remora.internal.dag.Dag.Adjacency;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells which nodes lie behind another one. A search goes no deeper than the nodes asked about and stops when all are
 * found, so that asking many times about near neighbours, or once about many, costs little. For one thread.
 */
public final class Downstream {
    private final Dag dag;
    private final int[] levels;
    private final int[] seenIn;
    private final int[] open;
    private int search;

    public Downstream(Dag dag) {
        this.dag = dag;
        levels = levels(dag);
        seenIn = new int[dag.size()];
        open = new int[dag.size()];
    }

    /** Returns those of the given nodes that do not lie behind a node; no node lies behind itself. */
    public Set<Integer> notBehind(int node, Collection<Integer> others) {
        Set<Integer> missing = new HashSet<>(others);
        int deepest = others.stream().mapToInt(other -> levels[other]).max().orElse(0);
        Adjacency successors = dag.successors();
        search++;
        int end = 0;
        open[end++] = node;
        while (end > 0 && !missing.isEmpty()) {
            int next = open[--end];
            for (int i = successors.from(next); i < successors.to(next); i++) {
                int successor = successors.at(i);
                if (seenIn[successor] != search && levels[successor] <= deepest) {
                    seenIn[successor] = search;
                    missing.remove(successor);
                    open[end++] = successor;
                }
            }
        }
        return missing;
    }

    private static int[] levels(Dag dag) {
        int[] levels = new int[dag.size()];
        Adjacency successors = dag.successors();
        for (int node : dag.topologicalOrder()) {
            for (int i = successors.from(node); i < successors.to(node); i++) {
                levels[successors.at(i)] = Math.max(levels[successors.at(i)], levels[node] + 1);
            }
        }
        return levels;
    }
}
