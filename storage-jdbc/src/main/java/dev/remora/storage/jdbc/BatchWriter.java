package dev.remora.storage.jdbc;

import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionState;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;

/** Runs the same statement for each row, in batches: in H2 that costs no more, as there is no network. */
final class BatchWriter implements BulkWriter {
    private static final int MOST = 1000;

    private static final String UPSERT = "MERGE INTO ${prefix}node (" + String.join(", ", NodeRow.COLUMNS) + ") KEY ("
            + String.join(", ", NodeRow.COLUMNS.subList(0, NodeRow.KEYS)) + ") VALUES ("
            + "?, ".repeat(NodeRow.COLUMNS.size() - 1) + "?)";

    private static final String SET = """
            UPDATE ${prefix}execution
            SET status = ?, cause = ?, current_version = ?, round = ?, started_at = ?, round_started_at = ?,
                ended_at = ?, paused_at = ?, deadline_at = ?, held = ?, active = ?,
                place_time = COALESCE(NULLIF(CAST(? AS BIGINT), 0), submit_time)
            """;

    @Override
    public int mostChanges() {
        return MOST;
    }

    @Override
    public int mostNodes() {
        return MOST;
    }

    @Override
    public int update(Session session, long owner, List<ExecutionChange> changes) throws SQLException {
        Query query = session.query(SET + "WHERE exec_id = ? AND owner = ?");
        for (ExecutionChange change : changes) {
            set(query, change.state()).number(change.execId()).number(owner).add();
        }
        return IntStream.of(query.batch()).sum();
    }

    @Override
    public void change(Session session, List<OwnedState> changes) throws SQLException {
        Query query = session.query(SET + ", owner = ? WHERE exec_id = ?");
        for (OwnedState change : changes) {
            set(query, change.state())
                    .number(change.owner())
                    .number(change.execId())
                    .add();
        }
        query.batch();
    }

    private static Query set(Query query, ExecutionState state) throws SQLException {
        return StateRow.set(query, state).flag(!state.status().isFinal()).number(state.startedAt());
    }

    @Override
    public <R> void insert(Session session, Insertion<R> insertion, List<R> rows) throws SQLException {
        Query query = session.query(insertion.ofOne());
        for (R row : rows) {
            insertion.set(query, row).add();
        }
        query.batch();
    }

    @Override
    public <R> List<Long> insertNumbered(Session session, Insertion<R> insertion, String key, List<R> rows)
            throws SQLException {
        Query query = session.insert(insertion.ofOne(), key);
        for (R row : rows) {
            insertion.set(query, row).add();
        }
        return query.insertBatch();
    }

    @Override
    public void upsert(Session session, List<NodeRow> nodes) throws SQLException {
        Query query = session.query(UPSERT);
        for (NodeRow row : nodes) {
            row.set(query);
            query.add();
        }
        query.batch();
    }
}
