package dev.remora.storage.jdbc;

import dev.remora.model.BackfillStatus;
import dev.remora.model.PlannedRun;
import dev.remora.spi.BackfillRecord;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The backfills, and which runs they are made of. */
final class BackfillTable {
    private static final String COLUMNS =
            "id, project, workflow, version, request, requested_by, created_at, revision, status";

    /** A run and its place among those of a backfill. */
    private record Part(long backfillId, int place, PlannedRun run) {}

    private static final Insertion<Part> PARTS = new Insertion<>(
            "backfill_run",
            List.of(
                    Column.number("backfill_id", Part::backfillId),
                    Column.integer("run", Part::place),
                    Column.number("schedule_second", part -> part.run().time().getEpochSecond()),
                    Column.integer("schedule_nano", part -> part.run().time().getNano()),
                    Column.number("exec_id", part -> part.run().execId())));

    private BackfillTable() {}

    /** Takes the next id. */
    static long nextId(Session session) throws SQLException {
        session.query("UPDATE ${prefix}storage SET last_backfill = last_backfill + 1 WHERE one = 1")
                .update();
        return session.query("SELECT last_backfill FROM ${prefix}storage WHERE one = 1")
                .first(Row::number)
                .orElseThrow();
    }

    static void add(Session session, BackfillRecord backfill, List<PlannedRun> runs) throws SQLException {
        session.query("INSERT INTO ${prefix}backfill (" + COLUMNS + ", active) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .number(backfill.id())
                .text(backfill.request().project())
                .text(backfill.request().workflow())
                .integer(backfill.version())
                .word(TimeJson.write(backfill.request()))
                .text(backfill.user())
                .number(backfill.createTime().toEpochMilli())
                .number(backfill.revision())
                .word(backfill.status().name())
                .flag(!backfill.status().isFinal())
                .update();
        List<Part> rows = new ArrayList<>(runs.size());
        for (PlannedRun run : runs) {
            rows.add(new Part(backfill.id(), rows.size(), run));
        }
        BulkWriter bulk = session.dialect().bulk();
        for (List<Part> part : Commits.parts(rows, bulk.mostNodes())) {
            bulk.insert(session, PARTS, part);
        }
    }

    /** Stores a revision in place of the one before; tells whether there was that one. */
    static boolean move(Session session, BackfillRecord next) throws SQLException {
        return session.query("""
                UPDATE ${prefix}backfill SET revision = ?, status = ?, active = ? WHERE id = ? AND revision = ?
                """)
                        .number(next.revision())
                        .word(next.status().name())
                        .flag(!next.status().isFinal())
                        .number(next.id())
                        .number(next.revision() - 1)
                        .update()
                == 1;
    }

    static Optional<BackfillRecord> find(Session session, long id) throws SQLException {
        return session.query("SELECT " + COLUMNS + " FROM ${prefix}backfill WHERE id = ?")
                .number(id)
                .first(BackfillTable::read);
    }

    static List<PlannedRun> runs(Session session, long id) throws SQLException {
        return session.query("""
                SELECT schedule_second, schedule_nano, exec_id FROM ${prefix}backfill_run
                WHERE backfill_id = ? ORDER BY run
                """)
                .number(id)
                .list(row -> new PlannedRun(Instant.ofEpochSecond(row.number(), row.number()), row.number()));
    }

    static List<BackfillRecord> list(Session session, String project, long from, int size) throws SQLException {
        return session.query("SELECT " + COLUMNS + """

                FROM ${prefix}backfill WHERE project = ? ORDER BY project DESC, id DESC LIMIT ? OFFSET ?
                """)
                .text(project)
                .integer(size)
                .number(from)
                .list(BackfillTable::read);
    }

    static List<BackfillRecord> open(Session session, long after, int limit) throws SQLException {
        Query query = session.query("SELECT " + COLUMNS + """

                FROM ${prefix}backfill WHERE active = TRUE AND id > ? ORDER BY active, id LIMIT ?
                """).number(after).integer(limit);
        return Stored.readable(query, BackfillTable::read);
    }

    private static BackfillRecord read(Row row) throws SQLException {
        long id = row.number();
        String project = row.text();
        String workflow = row.text();
        int version = row.integer();
        String request = row.word();
        String user = row.text();
        long createdAt = row.number();
        long revision = row.number();
        String status = row.word();
        return Stored.read(
                "backfill",
                id,
                () -> new BackfillRecord(
                        id,
                        TimeJson.request(project, workflow, request),
                        version,
                        user,
                        Instant.ofEpochMilli(createdAt),
                        revision,
                        BackfillStatus.valueOf(status)));
    }
}
