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
    private StateBatch() {}

    /** As {@link BulkWriter#update}. */
    static int update(Session session, long owner, List<ExecutionChange> changes) throws SQLException {
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
}
