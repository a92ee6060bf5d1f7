package dev.remora.spi;

import java.util.List;
import java.util.Objects;

/**
 * What one execution changes in a commit.
 *
 * @param execId the execution
 * @param state its state from now on
 * @param nodes the nodes that changed, each whole, each node at most once
 * @param replacesNodes whether all rows of other nodes vanish: a rerun with another definition numbers nodes anew
 */
public record ExecutionChange(long execId, ExecutionState state, List<NodeState> nodes, boolean replacesNodes) {
    /**
     * Creates a change. The list is not copied: the storage reads it during the commit only.
     *
     * @throws NullPointerException if a component is null
     */
    public ExecutionChange {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(nodes, "nodes");
    }
}
