package dev.remora.storage.jdbc;

import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionState;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Gives each column as an array, so that one statement, always the same, takes any number of rows. PostgreSQL. */
final class ArrayWriter implements BulkWriter {
    private static final int MOST = 5000;

    private static final String BIGINT = "bigint";
    private static final String INTEGER = "integer";
    private static final String SMALLINT = "smallint";
    private static final String TEXT = "text";
    private static final String BOOLEAN = "boolean";

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
        Query query = session.query("""
                UPDATE ${prefix}execution AS x
                SET status = v.status, cause = v.cause, current_version = v.current_version, round = v.round,
                    started_at = v.started_at, round_started_at = v.round_started_at, ended_at = v.ended_at,
                    paused_at = v.paused_at, deadline_at = v.deadline_at, active = v.active,
                    place_time = CASE WHEN v.started_at = 0 THEN x.submit_time ELSE v.started_at END
                FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS v (exec_id, status, cause, current_version, round,
                    started_at, round_started_at, ended_at, paused_at, deadline_at, active)
                WHERE x.exec_id = v.exec_id AND x.owner = ?
                """);
        column(query, BIGINT, changes, ExecutionChange::execId, Long[]::new);
        state(query, SMALLINT, changes, state -> (short) state.status().code(), Short[]::new);
        state(query, TEXT, changes, state -> state.cause().map(Enum::name).orElse(null), String[]::new);
        state(query, INTEGER, changes, ExecutionState::version, Integer[]::new);
        state(query, INTEGER, changes, ExecutionState::round, Integer[]::new);
        state(query, BIGINT, changes, ExecutionState::startedAt, Long[]::new);
        state(query, BIGINT, changes, ExecutionState::roundStartedAt, Long[]::new);
        state(query, BIGINT, changes, ExecutionState::endedAt, Long[]::new);
        state(query, BIGINT, changes, ExecutionState::pausedAt, Long[]::new);
        state(query, BIGINT, changes, ExecutionState::deadlineAt, Long[]::new);
        state(query, BOOLEAN, changes, state -> !state.status().isFinal(), Boolean[]::new);
        return query.number(owner).update();
    }

    private static <T> void state(
            Query query,
            String type,
            List<ExecutionChange> changes,
            Function<ExecutionState, T> value,
            IntFunction<T[]> array)
            throws SQLException {
        column(query, type, changes, change -> value.apply(change.state()), array);
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
