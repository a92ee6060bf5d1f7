package dev.remora.storage.jdbc;

import dev.remora.spi.ExecutionState;
import dev.remora.spi.Notice;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The notices that have not been delivered. */
final class NoticeTable {
    private record Key(long execId, int round) {}

    /** A notice that is due; empty if it cannot be read. */
    private record Due(Key key, Optional<Notice> notice) {}

    private static final int MOST_IDS = 1000;

    private static final Insertion<Notice> INSERTION = new Insertion<>(
            "notice",
            List.of(
                    Column.number("exec_id", Notice::execId),
                    Column.integer("round", notice -> notice.end().round()),
                    Column.integer("tries", Notice::tries),
                    Column.number("due_at", Notice::dueAt),
                    Column.integer("status", notice -> notice.end().status().code()),
                    Column.optionalWord("cause", notice -> notice.end().cause().map(Enum::name)),
                    Column.integer("current_version", notice -> notice.end().version()),
                    Column.number("started_at", notice -> notice.end().startedAt()),
                    Column.number("round_started_at", notice -> notice.end().roundStartedAt()),
                    Column.number("ended_at", notice -> notice.end().endedAt()),
                    Column.number("paused_at", notice -> notice.end().pausedAt()),
                    Column.number("deadline_at", notice -> notice.end().deadlineAt()),
                    Column.flag("held", notice -> notice.end().held())));

    private NoticeTable() {}

    /** Returns the notice that a change brings. */
    static Optional<Notice> notice(long execId, Optional<ExecutionState> end) {
        return end.map(state -> new Notice(execId, state, 0, 0));
    }

    /** Adds those of rounds that have none; the rows of their executions are locked. */
    static void add(Session session, List<Notice> notices) throws SQLException {
        for (List<Notice> part : Commits.parts(notices, MOST_IDS)) {
            List<Long> ids = part.stream().map(Notice::execId).toList();
            Set<Key> known = new HashSet<>(session.query(
                            "SELECT exec_id, round FROM ${prefix}notice WHERE exec_id IN " + Texts.placeholders(ids))
                    .numbers(ids)
                    .list(row -> new Key(row.number(), row.integer())));
            List<Notice> added =
                    part.stream().filter(one -> !known.contains(key(one))).toList();
            if (!added.isEmpty()) {
                session.dialect().bulk().insert(session, INSERTION, added);
            }
        }
    }

    /** Tells whether a notice is due, and changes nothing. */
    static boolean isAnyDue(Session session, long now) throws SQLException {
        return session.query("SELECT 1 FROM ${prefix}notice WHERE due_at <= ? LIMIT 1")
                .number(now)
                .exists();
    }

    /** Takes the earliest that are due, and sets them aside. */
    static List<Notice> take(Session session, long now, long until, int limit) throws SQLException {
        List<Due> due = session.query("SELECT exec_id, round, tries, due_at, " + StateRow.COLUMNS + """

                FROM ${prefix}notice WHERE due_at <= ? ORDER BY due_at, exec_id, round LIMIT ?
                """
                        + session.dialect().lockFree())
                .number(now)
                .integer(limit)
                .list(NoticeTable::readDue);
        if (due.isEmpty()) {
            return List.of();
        }
        Query query = session.query("UPDATE ${prefix}notice SET due_at = ? WHERE exec_id = ? AND round = ?");
        for (Due one : due) {
            query.number(until)
                    .number(one.key().execId())
                    .integer(one.key().round())
                    .add();
        }
        query.batch();
        return due.stream().flatMap(one -> one.notice().stream()).toList();
    }

    private static Due readDue(Row row) throws SQLException {
        Key key = new Key(row.number(), row.integer());
        return new Due(key, Stored.ifReadable(row, rest -> read(rest, key.execId())));
    }

    private static Notice read(Row row, long execId) throws SQLException {
        int tries = row.integer();
        long dueAt = row.number();
        StateRow end = StateRow.read(row);
        return Stored.read("the notice of execution", execId, () -> new Notice(execId, end.state(), tries, dueAt));
    }

    static void retry(Session session, Notice next) throws SQLException {
        session.query("UPDATE ${prefix}notice SET tries = ?, due_at = ? WHERE exec_id = ? AND round = ?")
                .integer(next.tries())
                .number(next.dueAt())
                .number(next.execId())
                .integer(next.end().round())
                .update();
    }

    static void remove(Session session, Notice notice) throws SQLException {
        session.query("DELETE FROM ${prefix}notice WHERE exec_id = ? AND round = ?")
                .number(notice.execId())
                .integer(notice.end().round())
                .update();
    }

    private static Key key(Notice notice) {
        return new Key(notice.execId(), notice.end().round());
    }
}
