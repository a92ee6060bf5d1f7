package dev.remora.internal.dag;

import dev.remora.internal.definition.DefinitionCheck;
import dev.remora.model.Node;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The shape of a workflow: nodes by number, in the order of definition, and the edges both ways as compressed adjacency
 * arrays. Immutable; every traversal is a loop over arrays, so neither size nor depth matters.
 */
public final class Dag {
    private final String[] names;
    private final Map<String, Integer> numbers;
    private final Adjacency predecessors;
    private final Adjacency successors;

    private Dag(String[] names, Map<String, Integer> numbers, Adjacency predecessors) {
        this.names = names;
        this.numbers = numbers;
        this.predecessors = predecessors;
        this.successors = predecessors.reversed();
    }

    /**
     * Draws the shape of nodes. Dependencies on unknown names are left out, and of nodes with the same name the first
     * counts: reporting them is {@link DefinitionCheck}'s.
     */
    public static Dag of(List<Node> nodes) {
        int size = nodes.size();
        String[] names = new String[size];
        Map<String, Integer> numbers = new HashMap<>(size * 4 / 3 + 1);
        for (int node = 0; node < size; node++) {
            names[node] = nodes.get(node).name();
            numbers.putIfAbsent(names[node], node);
        }
        int[] offsets = new int[size + 1];
        int[] targets =
                new int[nodes.stream().mapToInt(node -> node.dep().size()).sum()];
        int edge = 0;
        for (int node = 0; node < size; node++) {
            for (String dependency : nodes.get(node).dep()) {
                Integer number = numbers.get(dependency);
                if (number != null) {
                    targets[edge++] = number;
                }
            }
            offsets[node + 1] = edge;
        }
        return new Dag(names, numbers, new Adjacency(offsets, Arrays.copyOf(targets, edge)));
    }

    public int size() {
        return names.length;
    }

    public String name(int node) {
        return names[node];
    }

    public OptionalInt number(String name) {
        Integer number = numbers.get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** The nodes that each node depends on. */
    public Adjacency predecessors() {
        return predecessors;
    }

    /** The nodes that depend on each node. */
    public Adjacency successors() {
        return successors;
    }

    /**
     * Puts the nodes in an order in which each comes after those it depends on, level by level, within a level in the
     * order of definition where that is possible. Shorter than {@link #size()} if there is a cycle: what is missing
     * is on a cycle or behind one.
     */
    public int[] topologicalOrder() {
        int[] waiting = new int[size()];
        int[] order = new int[size()];
        int end = 0;
        for (int node = 0; node < size(); node++) {
            waiting[node] = predecessors.count(node);
            if (waiting[node] == 0) {
                order[end++] = node;
            }
        }
        for (int next = 0; next < end; next++) {
            for (int i = successors.from(order[next]); i < successors.to(order[next]); i++) {
                if (--waiting[successors.at(i)] == 0) {
                    order[end++] = successors.at(i);
                }
            }
        }
        return end == order.length ? order : Arrays.copyOf(order, end);
    }

    /** One direction of the edges: the neighbours of {@code node} are {@code at(from(node))} to {@code at(to(node) - 1)}. */
    public static final class Adjacency {
        private final int[] offsets;
        private final int[] targets;

        private Adjacency(int[] offsets, int[] targets) {
            this.offsets = offsets;
            this.targets = targets;
        }

        public int from(int node) {
            return offsets[node];
        }

        public int to(int node) {
            return offsets[node + 1];
        }

        public int at(int index) {
            return targets[index];
        }

        public int count(int node) {
            return offsets[node + 1] - offsets[node];
        }

        private Adjacency reversed() {
            int size = offsets.length - 1;
            int[] counts = new int[size + 1];
            for (int target : targets) {
                counts[target + 1]++;
            }
            for (int node = 0; node < size; node++) {
                counts[node + 1] += counts[node];
            }
            int[] next = Arrays.copyOf(counts, size);
            int[] sources = new int[targets.length];
            for (int node = 0; node < size; node++) {
                for (int i = offsets[node]; i < offsets[node + 1]; i++) {
                    sources[next[targets[i]]++] = node;
                }
            }
            return new Adjacency(counts, sources);
        }
    }
}
