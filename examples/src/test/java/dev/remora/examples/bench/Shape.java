package dev.remora.examples.bench;

import dev.remora.model.Workflow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A DAG of nodes that do nothing.
 *
 * @param before the nodes each node depends on, all with lower numbers
 * @param behind the nodes that depend on each node
 */
record Shape(int[][] before, int[][] behind) {
    private static final int LAYER_DEPENDENCIES = 3;

    static Shape of(int[][] before) {
        int[] counts = new int[before.length];
        for (int[] dependencies : before) {
            for (int dependency : dependencies) {
                counts[dependency]++;
            }
        }
        int[][] behind = new int[before.length][];
        Arrays.setAll(behind, node -> new int[counts[node]]);
        for (int node = before.length - 1; node >= 0; node--) {
            for (int dependency : before[node]) {
                behind[dependency][--counts[dependency]] = node;
            }
        }
        return new Shape(before, behind);
    }

    /** One node, all the others behind it, and one behind them all. */
    static Shape fan(int nodes) {
        int[][] before = new int[nodes][];
        before[0] = new int[0];
        for (int node = 1; node < nodes - 1; node++) {
            before[node] = new int[] {0};
        }
        before[nodes - 1] = new int[nodes - 2];
        Arrays.setAll(before[nodes - 1], i -> i + 1);
        return of(before);
    }

    static Shape chain(int nodes) {
        int[][] before = new int[nodes][];
        Arrays.setAll(before, node -> node == 0 ? new int[0] : new int[] {node - 1});
        return of(before);
    }

    /** Each node of a layer depends on three of the layer before. */
    static Shape layers(int layers, int width) {
        int[][] before = new int[layers * width][];
        for (int node = 0; node < before.length; node++) {
            int layer = node / width;
            int place = node % width;
            before[node] = new int[layer == 0 ? 0 : LAYER_DEPENDENCIES];
            for (int i = 0; i < before[node].length; i++) {
                before[node][i] = (layer - 1) * width + (place + i) % width;
            }
        }
        return of(before);
    }

    int nodes() {
        return before.length;
    }

    int roots() {
        return (int) Arrays.stream(before)
                .filter(dependencies -> dependencies.length == 0)
                .count();
    }

    /** The same as a workflow, each node of one type. */
    Workflow workflow(String type) {
        Workflow.Builder workflow = Workflow.builder();
        for (int i = 0; i < before.length; i++) {
            List<String> dependencies = new ArrayList<>(before[i].length);
            for (int dependency : before[i]) {
                dependencies.add(name(dependency));
            }
            workflow.node(name(i), type, node -> node.after(dependencies.toArray(String[]::new)));
        }
        return workflow.build();
    }

    private static String name(int node) {
        return "n" + node;
    }
}
