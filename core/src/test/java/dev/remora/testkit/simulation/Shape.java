package dev.remora.testkit.simulation;

import dev.remora.model.Node;
import dev.remora.model.NodeDependency;
import dev.remora.model.RunOptions;
import dev.remora.model.Workflow;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The graph that a request runs. */
final class Shape {
    static final String VIRTUAL = "VIRTUAL";

    private final Workflow workflow;
    private final RunOptions options;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final BitSet selected = new BitSet();

    Shape(Workflow workflow, RunOptions options) {
        this.workflow = workflow;
        this.options = options;
        for (int node = 0; node < size(); node++) {
            numbers.put(node(node).name(), node);
        }
        select();
    }

    private void select() {
        if (options.nodes().isEmpty()) {
            selected.set(0, size());
        }
        options.nodes().forEach(name -> selected.set(number(name)));
        // why: nodes come after those they depend on, so one pass finds all
        if (options.nodeDependency() == NodeDependency.NODE_POST) {
            for (int node = 0; node < size(); node++) {
                if (dependencies(node).stream().anyMatch(selected::get)) {
                    selected.set(node);
                }
            }
        } else if (options.nodeDependency() == NodeDependency.NODE_PRE) {
            for (int node = size() - 1; node >= 0; node--) {
                if (selected.get(node)) {
                    dependencies(node).forEach(selected::set);
                }
            }
        }
    }

    int size() {
        return workflow.nodes().size();
    }

    Node node(int number) {
        return workflow.nodes().get(number);
    }

    int number(String name) {
        return numbers.get(name);
    }

    /** Whether an attempt of the node may take only so long. */
    boolean isLimited(String name) {
        return node(number(name)).timeout().isPresent();
    }

    boolean isSelected(int node) {
        return selected.get(node);
    }

    List<Integer> dependencies(int node) {
        return node(node).dep().stream().map(numbers::get).toList();
    }

    RunOptions options() {
        return options;
    }
}
