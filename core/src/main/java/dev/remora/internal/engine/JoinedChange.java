package dev.remora.internal.engine;

import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.NodeState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one execution changed in several steps, to be stored as one: the latest state counts, and of each node the latest
 * row. Joining costs what is added, however much is there. Used by one thread.
 */
final class JoinedChange {
    private ExecutionChange first;
    private ExecutionChange last;
    private boolean changesState;
    private Optional<ExecutionState> notice = Optional.empty();
    private Map<Integer, NodeState> nodes;

    void add(ExecutionChange change) {
        if (first == null) {
            first = change;
        } else {
            if (nodes == null) {
                nodes = new LinkedHashMap<>();
                put(first.nodes());
            }
            put(change.nodes());
        }
        last = change;
        changesState |= change.changesState();
        notice = change.notice().or(() -> notice);
    }

    private void put(List<NodeState> rows) {
        for (NodeState row : rows) {
            nodes.put(row.node(), row);
        }
    }

    ExecutionChange whole() {
        return nodes == null
                ? first
                : new ExecutionChange(
                        first.execId(),
                        last.state(),
                        changesState,
                        List.copyOf(nodes.values()),
                        first.replacesNodes(),
                        notice);
    }
}
