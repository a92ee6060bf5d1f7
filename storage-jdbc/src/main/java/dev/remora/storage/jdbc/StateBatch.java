package dev.remora.storage.jdbc;

import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionState;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Stores the states of executions, each found by its key, in one round trip. A join with a list of values would be one
 * statement; but PostgreSQL plans it by reading the whole table as long as that is small, and keeps to the plan.
 */
final class StateBatch {
    private static final String SET = """
            UPDATE ${prefix}execution
            SET status = ?, cause = ?, current_version = ?, round = ?, started_at = ?, round_started_at = ?,
                ended_at = ?, paused_at = ?, deadline_at = ?, held = ?, active = ?,
                place_time = COALESCE(NULLIF(CAST(? AS BIGINT), 0), submit_time)
            """;

    private StateBatch() {}

    /** As {@link BulkWriter#update}. */
    static int update(Session session, long owner, List<ExecutionChange> changes) throws SQLException {
        Query query = session.query(SET + "WHERE exec_id = ? AND owner = ?");
        for (ExecutionChange change : changes) {
            set(query, change.state()).number(change.execId()).number(owner).add();
        }
        return IntStream.of(query.batch()).sum();
    }

    /** As {@link BulkWriter#change}. */
    static void change(Session session, List<BulkWriter.OwnedState> changes) throws SQLException {
        Query query = session.query(SET + ", owner = ? WHERE exec_id = ?");
        for (BulkWriter.OwnedState change : changes) {
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
}
