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

    private static final String SET = """
            UPDATE ${prefix}execution AS x
            SET status = v.status, cause = v.cause, current_version = v.current_version, round = v.round,
                started_at = v.started_at, round_started_at = v.round_started_at, ended_at = v.ended_at,
                paused_at = v.paused_at, deadline_at = v.deadline_at, held = v.held, active = v.active,
                place_time = CASE WHEN v.started_at = 0 THEN x.submit_time ELSE v.started_at END
            """;
    private static final String STATE_NAMES = "exec_id, " + StateRow.COLUMNS + ", active";
    private static final String STATE = STATE_NAMES.replaceAll("\\w+", "?");

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
        Query query = session.query(SET + "FROM unnest(" + STATE + ") AS v (" + STATE_NAMES + """
                ) WHERE x.exec_id = v.exec_id AND x.owner = ?
                """);
        setStates(query, changes, ExecutionChange::execId, ExecutionChange::state);
        return query.number(owner).update();
    }

    @Override
    public void change(Session session, List<OwnedState> changes) throws SQLException {
        Query query = session.query(SET + ", owner = v.owner FROM unnest(" + STATE + ", ?) AS v (" + STATE_NAMES + """
                , owner) WHERE x.exec_id = v.exec_id
                """);
        setStates(query, changes, OwnedState::execId, OwnedState::state);
        column(query, BIGINT, changes, OwnedState::owner, Long[]::new);
        query.update();
    }

    private static <R> void setStates(
            Query query, List<R> rows, Function<R, Long> execId, Function<R, ExecutionState> state)
            throws SQLException {
        List<ExecutionState> states = rows.stream().map(state).toList();
        column(query, BIGINT, rows, execId, Long[]::new);
        column(query, SMALLINT, states, one -> (short) one.status().code(), Short[]::new);
        column(query, TEXT, states, one -> one.cause().map(Enum::name).orElse(null), String[]::new);
        column(query, INTEGER, states, ExecutionState::version, Integer[]::new);
        column(query, INTEGER, states, ExecutionState::round, Integer[]::new);
        column(query, BIGINT, states, ExecutionState::startedAt, Long[]::new);
        column(query, BIGINT, states, ExecutionState::roundStartedAt, Long[]::new);
        column(query, BIGINT, states, ExecutionState::endedAt, Long[]::new);
        column(query, BIGINT, states, ExecutionState::pausedAt, Long[]::new);
        column(query, BIGINT, states, ExecutionState::deadlineAt, Long[]::new);
        column(query, BOOLEAN, states, ExecutionState::held, Boolean[]::new);
        column(query, BOOLEAN, states, one -> !one.status().isFinal(), Boolean[]::new);
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
