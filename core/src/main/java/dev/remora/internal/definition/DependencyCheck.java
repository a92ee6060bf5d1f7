package dev.remora.internal.definition;

import dev.remora.internal.dag.Cycles;
import dev.remora.internal.dag.Dag;
import dev.remora.internal.problem.ProblemSink;
import dev.remora.internal.problem.Quote;
import dev.remora.model.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Checks the names of nodes and what they depend on. */
public final class DependencyCheck {
    private static final int SHOWN = 10;

    private final List<Node> nodes;
    private final ProblemSink problems;
    private final Dag dag;
    private final Map<Integer, int[]> cycles = new HashMap<>();
    private final int[] lastDependent;

    DependencyCheck(List<Node> nodes, ProblemSink problems) {
        this.nodes = nodes;
        this.problems = problems;
        dag = Dag.of(nodes);
        Cycles.in(dag).forEach(cycle -> cycles.put(cycle[0], cycle));
        lastDependent = new int[nodes.size()];
    }

    void name(int number) {
        String name = nodes.get(number).name();
        if (!Names.isNode(name)) {
            problems.add("nodes[" + number + "].name", "is " + Quote.of(name) + "; it must be " + Names.NODE_RULE);
            return;
        }
        int owner = dag.number(name).orElseThrow();
        if (owner != number) {
            problems.add("nodes[" + number + "].name", "is " + Quote.of(name) + ", as that of nodes[" + owner + "]");
        }
    }

    void dependencies(int number) {
        List<String> dependencies = nodes.get(number).dep();
        int[] cycle = cycles.getOrDefault(number, new int[0]);
        for (int i = 0; i < dependencies.size(); i++) {
            String name = dependencies.get(i);
            OptionalInt target = dag.number(name);
            if (target.isEmpty()) {
                add(number, i, "is " + Quote.of(name) + "; the workflow has no node of that name");
            } else if (name.equals(nodes.get(number).name())) {
                add(number, i, "is the node itself");
            } else if (lastDependent[target.getAsInt()] == number + 1) {
                add(number, i, "is " + Quote.of(name) + " once more; each dependency is named once");
            } else {
                lastDependent[target.getAsInt()] = number + 1;
                if (cycle.length > 0 && cycle[cycle.length - 1] == target.getAsInt()) {
                    add(number, i, "closes a cycle: " + print(cycle));
                }
            }
        }
    }

    private void add(int number, int dependency, String message) {
        problems.add("nodes[" + number + "].dep[" + dependency + "]", message);
    }

    private String print(int[] cycle) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < cycle.length; i++) {
            if (i == SHOWN && cycle.length > 2 * SHOWN) {
                text.append("… ").append(cycle.length - 2 * SHOWN).append(" more … -> ");
                i = cycle.length - SHOWN;
            }
            text.append(dag.name(cycle[i])).append(" -> ");
        }
        return text.append(dag.name(cycle[0])).toString();
    }
}
