package dev.remora.internal.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All small DAGs whose nodes bear labels, up to isomorphism. */
final class Dags {
    private Dags() {}

    /**
     * A DAG whose nodes are numbered so that each comes after those it depends on.
     *
     * @param size how many nodes
     * @param edges bit {@code from * size + to} for each edge
     * @param labels one of each node
     */
    record Labelled(int size, int edges, List<Integer> labels) {
        boolean hasEdge(int from, int to) {
            return (edges >> (from * size + to) & 1) != 0;
        }

        private Labelled permuted(int[] to) {
            int moved = 0;
            Integer[] names = new Integer[size];
            for (int a = 0; a < size; a++) {
                names[to[a]] = labels.get(a);
                for (int b = 0; b < size; b++) {
                    moved |= hasEdge(a, b) ? 1 << (to[a] * size + to[b]) : 0;
                }
            }
            return new Labelled(size, moved, List.of(names));
        }
    }

    /** One of each class of DAGs of a size whose nodes bear labels from 0 to {@code labels - 1}. */
    static List<Labelled> all(int size, int labels) {
        List<int[]> permutations = permutations(size);
        List<Labelled> found = new ArrayList<>();
        Set<Labelled> seen = new HashSet<>();
        int pairs = size * (size - 1) / 2;
        int labellings = (int) Math.pow(labels, size);
        for (int shape = 0; shape < 1 << pairs; shape++) {
            for (int labelling = 0; labelling < labellings; labelling++) {
                Labelled dag = new Labelled(size, edges(size, shape), digits(labelling, labels, size));
                if (seen.add(dag)) {
                    found.add(dag);
                    permutations.forEach(permutation -> seen.add(dag.permuted(permutation)));
                }
            }
        }
        return found;
    }

    /** The digits of a number, the last first. */
    static List<Integer> digits(int number, int base, int count) {
        List<Integer> digits = new ArrayList<>();
        for (int i = 0, rest = number; i < count; i++, rest /= base) {
            digits.add(rest % base);
        }
        return digits;
    }

    private static int edges(int size, int shape) {
        int edges = 0;
        int pair = 0;
        for (int from = 0; from < size; from++) {
            for (int to = from + 1; to < size; to++) {
                edges |= (shape >> pair++ & 1) << (from * size + to);
            }
        }
        return edges;
    }

    private static List<int[]> permutations(int size) {
        List<int[]> all = new ArrayList<>();
        extend(new ArrayList<>(), size, all);
        return all;
    }

    private static void extend(List<Integer> prefix, int size, List<int[]> all) {
        if (prefix.size() == size) {
            all.add(prefix.stream().mapToInt(Integer::intValue).toArray());
        }
        for (int next = 0; next < size; next++) {
            if (!prefix.contains(next)) {
                List<Integer> longer = new ArrayList<>(prefix);
                longer.add(next);
                extend(longer, size, all);
            }
        }
    }
}
