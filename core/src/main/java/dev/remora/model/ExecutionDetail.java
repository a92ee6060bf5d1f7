package dev.remora.model;

import dev.remora.error.NotFoundException;
import java.util.List;
import java.util.Objects;

/**
 * One run with all its nodes.
 *
 * @param execution the run
 * @param nodes the nodes, in the order of definition
 * @param userDefParams the user-defined parameters of the definition
 */
public record ExecutionDetail(Execution execution, List<NodeExecution> nodes, List<Parameter> userDefParams) {
    /**
     * Creates a view.
     *
     * @throws NullPointerException if a component is null
     */
    public ExecutionDetail {
        Objects.requireNonNull(execution, "execution");
        nodes = List.copyOf(nodes);
        userDefParams = List.copyOf(userDefParams);
    }

    /**
     * Returns a node by its name.
     *
     * @param name the name
     * @return the node
     * @throws NotFoundException if the definition has no such node
     */
    public NodeExecution node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> NotFoundException.node(execution.execId(), name));
    }
}
