package dev.remora.storage.jdbc;

import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionState;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Gives all rows in the text of one statement. MariaDB and MySQL. */
final class MultiRowWriter implements BulkWriter {
    private static final int MOST_CHANGES = 200;
    private static final int MOST_NODES = 1000;

    private static final String ROW = "(" + "?, ".repeat(NodeRow.COLUMNS.size() - 1) + "?)";
    private static final String FIRST_STATE = """
            SELECT ? AS exec_id, ? AS status, ? AS cause, ? AS current_version, ? AS round, ? AS started_at,
                ? AS round_started_at, ? AS ended_at, ? AS paused_at, ? AS deadline_at, ? AS active""";
    private static final String NEXT_STATE = " UNION ALL SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";
    private static final String OVERWRITE = NodeRow.COLUMNS.subList(NodeRow.KEYS, NodeRow.COLUMNS.size()).stream()
            .map(column -> column + " = VALUES(" + column + ")")
            .collect(Collectors.joining(", "));

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
        List<Long> execIds = changes.stream().map(ExecutionChange::execId).toList();
        // why: a connection may be set up to count only the rows in which an update changes something
        int owned = ExecutionTable.lockOwned(session, execIds, owner);
        if (owned < changes.size()) {
            return owned;
        }
        Query query = session.query(
                "UPDATE ${prefix}execution x JOIN (" + FIRST_STATE + NEXT_STATE.repeat(changes.size() - 1) + """
                ) v ON x.exec_id = v.exec_id
                SET x.status = v.status, x.cause = v.cause, x.current_version = v.current_version, x.round = v.round,
                    x.started_at = v.started_at, x.round_started_at = v.round_started_at, x.ended_at = v.ended_at,
                    x.paused_at = v.paused_at, x.deadline_at = v.deadline_at, x.active = v.active,
                    x.place_time = CASE WHEN v.started_at = 0 THEN x.submit_time ELSE v.started_at END
                """);
        for (ExecutionChange change : changes) {
            ExecutionState state = change.state();
            query.number(change.execId())
                    .integer(state.status().code())
                    .word(state.cause().map(Enum::name))
                    .integer(state.version())
                    .integer(state.round())
                    .number(state.startedAt())
                    .number(state.roundStartedAt())
                    .number(state.endedAt())
                    .number(state.pausedAt())
                    .number(state.deadlineAt())
                    .flag(!state.status().isFinal());
        }
        query.update();
        return owned;
    }

    @Override
    public void upsert(Session session, List<NodeRow> nodes) throws SQLException {
        Query query = session.query("INSERT INTO ${prefix}node (" + String.join(", ", NodeRow.COLUMNS) + ") VALUES "
                + String.join(", ", Collections.nCopies(nodes.size(), ROW)) + " ON DUPLICATE KEY UPDATE " + OVERWRITE);
        for (NodeRow row : nodes) {
            row.set(query);
        }
        query.update();
    }
}
