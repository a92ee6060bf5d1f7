package dev.remora.storage.jdbc;

import dev.remora.spi.ExecutionChange;
import java.sql.SQLException;
import java.util.List;

/** Runs the same statement for each row, in batches: in H2 that costs no more, as there is no network. */
final class BatchWriter implements BulkWriter {
    private static final int MOST = 1000;

    private static final String UPSERT = "MERGE INTO ${prefix}node (" + String.join(", ", NodeRow.COLUMNS) + ") KEY ("
            + String.join(", ", NodeRow.COLUMNS.subList(0, NodeRow.KEYS)) + ") VALUES ("
            + "?, ".repeat(NodeRow.COLUMNS.size() - 1) + "?)";

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
        return StateBatch.update(session, owner, changes);
    }

    @Override
    public void change(Session session, List<OwnedState> changes) throws SQLException {
        StateBatch.change(session, changes);
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
