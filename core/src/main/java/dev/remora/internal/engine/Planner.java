package dev.remora.internal.engine;

import dev.remora.internal.dag.Dag;
import dev.remora.internal.dag.Definition;
import dev.remora.internal.param.RunParameters;
import dev.remora.model.Plan;
import dev.remora.model.RunOptions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says what a request would run (ruling F60). */
final class Planner {
    private Planner() {}

    static Plan plan(
            String project,
            String workflow,
            int version,
            Prepared prepared,
            RunOptions options,
            RunParameters parameters) {
        Definition definition = prepared.definition();
        BitSet selected = prepared.selected(options);
        Dag dag = definition.dag();
        int[] levels = new int[definition.size()];
        List<Integer> nodes = new ArrayList<>();
        for (int node : dag.topologicalOrder()) {
            if (selected.get(node)) {
                nodes.add(node);
                levels[node] = level(node, dag, selected, levels);
            }
        }
        List<Plan.Step> steps = nodes.stream()
                .filter(node -> !definition.disabled(node))
                .sorted(Comparator.comparingInt((Integer node) -> levels[node]).thenComparing(node -> node))
                .map(node -> step(node, levels[node], prepared, selected, parameters))
                .toList();
        return new Plan(project, workflow, version, steps);
    }

    private static int level(int node, Dag dag, BitSet selected, int[] levels) {
        int level = 0;
        for (int i = dag.predecessors().from(node); i < dag.predecessors().to(node); i++) {
            int before = dag.predecessors().at(i);
            level = selected.get(before) ? Math.max(level, levels[before] + 1) : level;
        }
        return level;
    }

    private static Plan.Step step(int node, int level, Prepared prepared, BitSet selected, RunParameters parameters) {
        Dag dag = prepared.definition().dag();
        List<String> waitsFor = new ArrayList<>();
        for (int i = dag.predecessors().from(node); i < dag.predecessors().to(node); i++) {
            if (selected.get(dag.predecessors().at(i))) {
                waitsFor.add(dag.name(dag.predecessors().at(i)));
            }
        }
        return new Plan.Step(
                level,
                dag.name(node),
                prepared.definition().node(node).type(),
                waitsFor,
                prepared.parameter(node, parameters, (source, key) -> Optional.empty()));
    }
}
