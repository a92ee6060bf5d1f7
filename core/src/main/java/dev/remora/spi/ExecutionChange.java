package dev.remora.spi;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one execution changes in a commit.
 *
 * @param execId the execution
 * @param state its state from now on
 * @param changesState whether that may differ from what is stored; if not, the storage need not write it, but makes sure
 *     of the owner as well
 * @param nodes the nodes that changed, each whole, each node at most once
 * @param replacesNodes whether all rows of other nodes vanish: a rerun with another definition numbers nodes anew
 * @param notice the end of a round that someone is to be notified of: the storage adds a {@link Notice} that is due at
 *     once, unless it has one of that round already
 */
public record ExecutionChange(
        long execId,
        ExecutionState state,
        boolean changesState,
        List<NodeState> nodes,
        boolean replacesNodes,
        Optional<ExecutionState> notice) {
    /**
     * Creates a change of the state that nobody is to be notified of.
     *
     * @param execId the execution
     * @param state its state from now on
     * @param nodes the nodes that changed
     * @param replacesNodes whether all rows of other nodes vanish
     */
    public ExecutionChange(long execId, ExecutionState state, List<NodeState> nodes, boolean replacesNodes) {
        this(execId, state, true, nodes, replacesNodes, Optional.empty());
    }

    /**
     * Creates a change. The list is not copied: the storage reads it during the commit only.
     *
     * @throws NullPointerException if a component is null
     */
    public ExecutionChange {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(nodes, "nodes");
        Objects.requireNonNull(notice, "notice");
    }
}
