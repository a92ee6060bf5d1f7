package dev.remora.storage.jdbc;

import dev.remora.model.Schedule;
import dev.remora.spi.ScheduleRecord;
import dev.remora.spi.ScheduleState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The schedules. */
final class ScheduleTable {
    private static final String COLUMNS = """
            project, workflow, definition, saved_by, saved_at, revision, cursor_second, cursor_nano, next_second, next_nano,
            last_second, last_nano, skipped""";

    private ScheduleTable() {}

    /** Adds the first revision; tells whether there was none. */
    static boolean add(Session session, ScheduleRecord record) throws SQLException {
        Query query = session.query("INSERT INTO ${prefix}schedule (" + COLUMNS
                        + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                        + session.dialect().unlessPresent())
                .text(record.schedule().project())
                .text(record.schedule().workflow());
        setDefinition(query, record);
        return setState(query, record.state()).insertUnlessPresent();
    }

    /** Stores a revision in place of the one before; tells whether there was that one. */
    static boolean replace(Session session, ScheduleRecord record) throws SQLException {
        Query query = session.query("""
                UPDATE ${prefix}schedule
                SET definition = ?, saved_by = ?, saved_at = ?, revision = ?, cursor_second = ?, cursor_nano = ?,
                    next_second = ?, next_nano = ?, last_second = ?, last_nano = ?, skipped = ?
                WHERE project = ? AND workflow = ? AND revision = ?
                """);
        setDefinition(query, record);
        return setState(query, record.state())
                        .text(record.schedule().project())
                        .text(record.schedule().workflow())
                        .number(record.state().revision() - 1)
                        .update()
                == 1;
    }

    /** Stores the state of a revision in place of the one before; tells whether there was that one. */
    static boolean move(Session session, String project, String workflow, ScheduleState next) throws SQLException {
        Query query = session.query("""
                UPDATE ${prefix}schedule
                SET revision = ?, cursor_second = ?, cursor_nano = ?, next_second = ?, next_nano = ?, last_second = ?,
                    last_nano = ?, skipped = ?
                WHERE project = ? AND workflow = ? AND revision = ?
                """);
        return setState(query, next)
                        .text(project)
                        .text(workflow)
                        .number(next.revision() - 1)
                        .update()
                == 1;
    }

    private static void setDefinition(Query query, ScheduleRecord record) throws SQLException {
        query.word(TimeJson.write(record.schedule()))
                .text(record.user())
                .number(record.savedAt().toEpochMilli());
    }

    private static Query setState(Query query, ScheduleState state) throws SQLException {
        query.number(state.revision());
        set(query, Optional.of(state.cursor()));
        set(query, state.nextFireTime());
        set(query, state.lastFireTime());
        return query.number(state.skipped());
    }

    private static void set(Query query, Optional<Instant> time) throws SQLException {
        query.optionalNumber(time.map(Instant::getEpochSecond)).optionalNumber(time.map(one -> (long) one.getNano()));
    }

    static Optional<ScheduleRecord> find(Session session, String project, String workflow) throws SQLException {
        return session.query("SELECT " + COLUMNS + " FROM ${prefix}schedule WHERE project = ? AND workflow = ?")
                .text(project)
                .text(workflow)
                .first(ScheduleTable::read);
    }

    static List<ScheduleRecord> list(Session session, String project, long from, int size) throws SQLException {
        return session.query("SELECT " + COLUMNS + """

                FROM ${prefix}schedule WHERE project = ? ORDER BY workflow LIMIT ? OFFSET ?
                """)
                .text(project)
                .integer(size)
                .number(from)
                .list(ScheduleTable::read);
    }

    static boolean remove(Session session, String project, String workflow) throws SQLException {
        return session.query("DELETE FROM ${prefix}schedule WHERE project = ? AND workflow = ?")
                        .text(project)
                        .text(workflow)
                        .update()
                == 1;
    }

    static List<ScheduleRecord> upcoming(Session session, int limit) throws SQLException {
        // why: a bound below all times keeps H2 from reading along those that have none
        Query query = session.query("SELECT " + COLUMNS + """

                FROM ${prefix}schedule WHERE next_second IS NOT NULL AND next_second >= ?
                ORDER BY next_second, next_nano, project, workflow LIMIT ?
                """)
                .number(Instant.MIN.getEpochSecond())
                .integer(limit);
        return Stored.readable(query, ScheduleTable::read);
    }

    private static ScheduleRecord read(Row row) throws SQLException {
        String project = row.text();
        String workflow = row.text();
        String definition = row.word();
        String user = row.text();
        long savedAt = row.number();
        long revision = row.number();
        Instant cursor = time(row).orElseThrow();
        Optional<Instant> next = time(row);
        Optional<Instant> last = time(row);
        long skipped = row.number();
        Schedule schedule = definition(project, workflow, definition);
        return Stored.read(what(project, workflow), () -> {
            ScheduleState state = new ScheduleState(revision, cursor, next, last, skipped);
            return new ScheduleRecord(schedule, user, Instant.ofEpochMilli(savedAt), state);
        });
    }

    /** Reads what is kept of a schedule as text. */
    static Schedule definition(String project, String workflow, String text) {
        return Stored.read(what(project, workflow), () -> TimeJson.schedule(project, workflow, text));
    }

    private static String what(String project, String workflow) {
        return "the schedule of workflow " + workflow + " of project " + project;
    }

    private static Optional<Instant> time(Row row) throws SQLException {
        OptionalLong second = row.optionalNumber();
        long nano = row.number();
        return second.isPresent() ? Optional.of(Instant.ofEpochSecond(second.getAsLong(), nano)) : Optional.empty();
    }
}
