package dev.remora.storage.jdbc;

import dev.remora.spi.ExecutionChange;
import dev.remora.spi.Lease;
import dev.remora.spi.NodeState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Stores what executions changed: one statement makes sure of the lease, one stores the states that changed, one makes
 * sure of the other executions, one stores the nodes; more only if there are more rows than one statement takes.
 */
final class Commits {
    /** About how many characters of details one statement takes; the packets of MariaDB have 16 MB by default. */
    private static final int MOST_CHARACTERS = 4 << 20;

    private Commits() {}

    static void store(Session session, Lease owner, List<ExecutionChange> changes) throws SQLException {
        EngineTable.fence(session, owner);
        // why: transactions that lock several rows must do so in the same order
        List<ExecutionChange> ordered = changes.stream()
                .sorted(Comparator.comparingLong(ExecutionChange::execId))
                .toList();
        BulkWriter bulk = session.dialect().bulk();
        List<ExecutionChange> states =
                ordered.stream().filter(ExecutionChange::changesState).toList();
        for (List<ExecutionChange> part : parts(states, bulk.mostChanges())) {
            require(owner, execIds(part), bulk.update(session, owner.incarnation(), part));
        }
        List<Long> others = execIds(
                ordered.stream().filter(change -> !change.changesState()).toList());
        for (List<Long> part : parts(others, bulk.mostChanges())) {
            require(owner, part, ExecutionTable.lockOwned(session, part, owner.incarnation()));
        }
        List<Long> replaced = ordered.stream()
                .filter(ExecutionChange::replacesNodes)
                .map(ExecutionChange::execId)
                .toList();
        for (List<Long> part : parts(replaced, bulk.mostChanges())) {
            NodeRow.removeAll(session, part);
        }
        storeNodes(session, bulk, ordered);
    }

    private static List<Long> execIds(List<ExecutionChange> changes) {
        return changes.stream().map(ExecutionChange::execId).toList();
    }

    private static void require(Lease owner, List<Long> execIds, int owned) {
        if (owned != execIds.size()) {
            throw ExecutionTable.notOwned(owner, execIds);
        }
    }

    private static void storeNodes(Session session, BulkWriter bulk, List<ExecutionChange> changes)
            throws SQLException {
        List<NodeRow> rows = new ArrayList<>();
        long characters = 0;
        for (ExecutionChange change : changes) {
            for (NodeState node : change.nodes()) {
                NodeRow row = NodeRow.of(change.execId(), node);
                boolean full = rows.size() == bulk.mostNodes() || characters + row.size() > MOST_CHARACTERS;
                if (full && !rows.isEmpty()) {
                    bulk.upsert(session, rows);
                    rows.clear();
                    characters = 0;
                }
                rows.add(row);
                characters += row.size();
            }
        }
        if (!rows.isEmpty()) {
            bulk.upsert(session, rows);
        }
    }

    /** Divides a list into parts of a bounded size. */
    static <T> List<List<T>> parts(List<T> whole, int size) {
        List<List<T>> parts = new ArrayList<>();
        for (int start = 0; start < whole.size(); start += size) {
            parts.add(whole.subList(start, Math.min(whole.size(), start + size)));
        }
        return parts;
    }
}
