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
                UPDATE ${prefix}execution
                SET status = ?, cause = ?, current_version = ?, round = ?, started_at = ?, round_started_at = ?,
                    ended_at = ?, paused_at = ?, deadline_at = ?, active = ?,
                    place_time = COALESCE(NULLIF(CAST(? AS BIGINT), 0), submit_time)
                WHERE exec_id = ? AND owner = ?
                """);
        for (ExecutionChange change : changes) {
            ExecutionState state = change.state();
            query.integer(state.status().code())
                    .word(state.cause().map(Enum::name))
                    .integer(state.version())
                    .integer(state.round())
                    .number(state.startedAt())
                    .number(state.roundStartedAt())
                    .number(state.endedAt())
                    .number(state.pausedAt())
                    .number(state.deadlineAt())
                    .flag(!state.status().isFinal())
                    .number(state.startedAt())
                    .number(change.execId())
                    .number(owner)
                    .add();
        }
        return IntStream.of(query.batch()).sum();
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
