package dev.remora.storage.jdbc;

import dev.remora.spi.ExecutionChange;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Gives all rows in the text of one statement. MariaDB and MySQL. */
final class MultiRowWriter implements BulkWriter {
    private static final int MOST_CHANGES = 200;
    private static final int MOST_NODES = 1000;

    private static final String ROW = "(" + "?, ".repeat(NodeRow.COLUMNS.size() - 1) + "?)";
    private static final List<String> STATE_NAMES =
            List.of(("exec_id, " + StateRow.COLUMNS + ", active, owner").split(", "));
    private static final String FIRST_STATE =
            STATE_NAMES.stream().map(name -> "? AS " + name).collect(Collectors.joining(", ", "SELECT ", ""));
    private static final String NEXT_STATE =
            STATE_NAMES.stream().map(name -> "?").collect(Collectors.joining(", ", " UNION ALL SELECT ", ""));
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
        change(
                session,
                changes.stream()
                        .map(change -> new OwnedState(change.execId(), change.state(), owner))
                        .toList());
        return owned;
    }

    @Override
    public void change(Session session, List<OwnedState> changes) throws SQLException {
        Query query = session.query(
                "UPDATE ${prefix}execution x JOIN (" + FIRST_STATE + NEXT_STATE.repeat(changes.size() - 1) + """
                ) v ON x.exec_id = v.exec_id
                SET x.status = v.status, x.cause = v.cause, x.current_version = v.current_version, x.round = v.round,
                    x.started_at = v.started_at, x.round_started_at = v.round_started_at, x.ended_at = v.ended_at,
                    x.paused_at = v.paused_at, x.deadline_at = v.deadline_at, x.held = v.held, x.active = v.active,
                    x.owner = v.owner,
                    x.place_time = CASE WHEN v.started_at = 0 THEN x.submit_time ELSE v.started_at END
                """);
        for (OwnedState change : changes) {
            StateRow.set(query.number(change.execId()), change.state())
                    .flag(!change.state().status().isFinal())
                    .number(change.owner());
        }
        query.update();
    }

    @Override
    public <R> void insert(Session session, Insertion<R> insertion, List<R> rows) throws SQLException {
        Query query = session.query(insertion.of(rows.size()));
        for (R row : rows) {
            insertion.set(query, row);
        }
        query.update();
    }

    @Override
    public <R> List<Long> insertNumbered(Session session, Insertion<R> insertion, String key, List<R> rows)
            throws SQLException {
        insert(session, insertion, rows);
        record Numbers(long first, long step) {}
        // why: an insertion of a known number of rows takes all its numbers at once, whatever others insert meanwhile
        Numbers numbers = session.query("SELECT LAST_INSERT_ID(), @@auto_increment_increment")
                .first(row -> new Numbers(row.number(), row.number()))
                .orElseThrow();
        return LongStream.range(0, rows.size())
                .mapToObj(place -> numbers.first() + place * numbers.step())
                .toList();
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
