package dev.remora.internal.dag;

import dev.remora.model.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Shapes for tests. */
final class Graphs {
    private Graphs() {}

    /** Draws a shape from texts such as {@code c:a,b}: node c depends on a and b. */
    static Dag dag(String... nodes) {
        return Dag.of(Stream.of(nodes)
                .map(text -> {
                    String[] parts = text.split(":");
                    Node.Builder node = Node.builder(parts[0], "T");
                    return (parts.length > 1 ? node.after(parts[1].split(",")) : node).build();
                })
                .toList());
    }

    static Dag chain(int size) {
        List<Node> nodes = new ArrayList<>(size);
        for (int node = 0; node < size; node++) {
            Node.Builder builder = Node.builder("n" + node, "T");
            nodes.add((node == 0 ? builder : builder.after("n" + (node - 1))).build());
        }
        return Dag.of(nodes);
    }

    /** Diamonds on top of each other: the ways through them double with each. */
    static Dag diamonds(int count) {
        List<Node> nodes = new ArrayList<>();
        nodes.add(Node.builder("n0", "T").build());
        for (int i = 0; i < count; i++) {
            nodes.add(Node.builder("l" + i, "T").after("n" + i).build());
            nodes.add(Node.builder("r" + i, "T").after("n" + i).build());
            nodes.add(Node.builder("n" + (i + 1), "T").after("l" + i, "r" + i).build());
        }
        return Dag.of(nodes);
    }

    /** A shape without cycles, its nodes in no particular order. */
    static Dag random(Random random, int size) {
        List<Integer> names = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        for (int node = 0; node < size; node++) {
            names.add(random.nextInt(node + 1), node);
        }
        for (int node = 0; node < size; node++) {
            Node.Builder builder = Node.builder("n" + names.get(node), "T");
            for (int other = 0; other < node; other++) {
                if (random.nextInt(4) == 0) {
                    builder.after("n" + names.get(other));
                }
            }
            nodes.add(random.nextInt(nodes.size() + 1), builder.build());
        }
        return Dag.of(nodes);
    }
}
