package dev.remora.storage.jdbc;

import dev.remora.spi.ExecutionChange;
import dev.remora.spi.Lease;
import dev.remora.spi.NodeState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

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
        NoticeTable.add(
                session,
                ordered.stream()
                        .flatMap(change -> NoticeTable.notice(change.execId(), change.notice()).stream())
                        .toList());
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
        for (ExecutionChange change : changes) {
            for (NodeState node : change.nodes()) {
                rows.add(NodeRow.of(change.execId(), node));
            }
        }
        for (List<NodeRow> part : parts(rows, bulk.mostNodes(), NodeRow::size)) {
            bulk.upsert(session, part);
        }
    }

    /** Divides a list into parts of a bounded size that have a bounded number of characters; a part has one at least. */
    static <T> List<List<T>> parts(List<T> whole, int size, ToIntFunction<T> characters) {
        List<List<T>> parts = new ArrayList<>();
        int start = 0;
        long sum = 0;
        for (int i = 0; i < whole.size(); i++) {
            int more = characters.applyAsInt(whole.get(i));
            if (i > start && (i - start == size || sum + more > MOST_CHARACTERS)) {
                parts.add(whole.subList(start, i));
                start = i;
                sum = 0;
            }
            sum += more;
        }
        if (start < whole.size()) {
            parts.add(whole.subList(start, whole.size()));
        }
        return parts;
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
