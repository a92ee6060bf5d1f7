package dev.remora.storage.jdbc;

import dev.remora.spi.ExecutionChange;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Gives each column of the nodes as an array, so that one statement, always the same, takes any number. PostgreSQL. */
final class ArrayWriter implements BulkWriter {
    private static final int MOST_CHANGES = 1000;
    private static final int MOST_NODES = 5000;

    private static final String BIGINT = "bigint";
    private static final String INTEGER = "integer";
    private static final String SMALLINT = "smallint";
    private static final String TEXT = "text";

    @Override
    public int mostChanges() {
        return MOST_CHANGES;
    }

    @Override
    public int mostNodes() {
        return MOST_NODES;
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
        insertion.setArrays(session.query(insertion.ofArrays()), rows).update();
    }

    @Override
    public <R> List<Long> insertNumbered(Session session, Insertion<R> insertion, String key, List<R> rows)
            throws SQLException {
        return insertion
                .setArrays(session.insert(insertion.ofArrays(), key), rows)
                .insertAll();
    }

    private static <R, T> void column(
            Query query, String type, List<R> rows, Function<R, T> value, IntFunction<T[]> array) throws SQLException {
        query.array(type, rows.stream().map(value).toArray(array));
    }

    @Override
    public void upsert(Session session, List<NodeRow> nodes) throws SQLException {
        Query query = session.query("""
                INSERT INTO ${prefix}node AS n (exec_id, node, status, cause, round, attempt, failures, losses, started_at,
                    ended_at, retry_at, detail)
                SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (exec_id, node) DO UPDATE
                SET status = excluded.status, cause = excluded.cause, round = excluded.round, attempt = excluded.attempt,
                    failures = excluded.failures, losses = excluded.losses, started_at = excluded.started_at,
                    ended_at = excluded.ended_at, retry_at = excluded.retry_at, detail = excluded.detail
                """);
        column(query, BIGINT, nodes, NodeRow::execId, Long[]::new);
        column(query, INTEGER, nodes, row -> row.node().node(), Integer[]::new);
        column(query, SMALLINT, nodes, row -> (short) row.node().status().code(), Short[]::new);
        column(query, TEXT, nodes, row -> row.cause().orElse(null), String[]::new);
        column(query, INTEGER, nodes, row -> row.node().round(), Integer[]::new);
        column(query, INTEGER, nodes, row -> row.node().attempt(), Integer[]::new);
        column(query, INTEGER, nodes, row -> row.node().failures(), Integer[]::new);
        column(query, INTEGER, nodes, row -> row.node().losses(), Integer[]::new);
        column(query, BIGINT, nodes, row -> row.node().startedAt(), Long[]::new);
        column(query, BIGINT, nodes, row -> row.node().endedAt(), Long[]::new);
        column(query, BIGINT, nodes, row -> row.node().retryAt(), Long[]::new);
        column(query, TEXT, nodes, row -> row.detail().orElse(null), String[]::new);
        query.update();
    }
}
