package dev.remora.storage.jdbc;

import dev.remora.error.AlreadyExistsException;
import dev.remora.error.StorageException;
import dev.remora.model.Content;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Workflow;
import dev.remora.spi.Submission;
import dev.remora.spi.WorkflowStore;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names of definitions, their versions, and the files of these. */
final class WorkflowTable implements Definitions {
    /** A version, without its definition. */
    private record Head(
            WorkflowName name,
            int version,
            String owner,
            Instant savedAt,
            boolean unsaved,
            boolean hasFiles,
            byte[] firstChunk) {}

    private static final int TRIES = 10;
    private static final int HEADS_AT_ONCE = 50;
    private static final String HEAD = """
            SELECT w.project, w.name, v.version, w.owner, v.saved_at, w.unsaved, EXISTS (
                    SELECT 1 FROM ${prefix}workflow_file f
                    WHERE f.project = v.project AND f.name = v.name AND f.version = v.version),
                c.bytes
            FROM ${prefix}workflow w
            JOIN ${prefix}workflow_version v ON v.project = w.project AND v.name = w.name
            JOIN ${prefix}workflow_chunk c
                ON c.project = v.project AND c.name = v.name AND c.version = v.version AND c.chunk = 0
            """;

    @Override
    public boolean holds(Session session, Submission submission) throws SQLException {
        String sql = """
                SELECT 1 FROM ${prefix}workflow w
                WHERE w.project = ? AND w.name = ? AND EXISTS (
                    SELECT 1 FROM ${prefix}workflow_version v
                    WHERE v.project = w.project AND v.name = w.name AND v.version = ?)
                """;
        return session.query(session.isOfCaller() ? sql : sql + "${fence}")
                .text(submission.project())
                .text(submission.workflow())
                .integer(submission.version())
                .exists();
    }

    /** Saves the next version. */
    SavedWorkflow save(
            Session session,
            WorkflowName name,
            Workflow definition,
            Map<String, Content> files,
            String user,
            Instant now)
            throws SQLException {
        record Next(int version, String owner) {}
        takeNumber(session, name, user);
        Next next = session.query("SELECT highest, owner FROM ${prefix}workflow WHERE project = ? AND name = ?")
                .text(name.project())
                .text(name.name())
                .first(row -> new Next(row.integer(), row.text()))
                .orElseThrow();
        SavedWorkflow saved = new SavedWorkflow(
                name.project(), name.name(), next.version(), definition, files, next.owner(), now, false);
        insertVersion(session, saved);
        return saved;
    }

    /** Takes the next number, and keeps others from numbering versions of this name until the end of the transaction. */
    private static void takeNumber(Session session, WorkflowName name, String user) throws SQLException {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            boolean raised =
                    session.query("""
                    UPDATE ${prefix}workflow SET highest = highest + 1, deleted = FALSE
                    WHERE project = ? AND name = ? AND NOT unsaved
                    """).text(name.project()).text(name.name()).update() == 1;
            if (raised || insertName(session, name, user, false)) {
                return;
            }
            boolean unsaved = session.query("SELECT unsaved FROM ${prefix}workflow WHERE project = ? AND name = ?")
                    .text(name.project())
                    .text(name.name())
                    .first(Row::flag)
                    .orElse(false);
            if (unsaved) {
                throw new AlreadyExistsException(
                        name.project(),
                        name.name(),
                        "it belongs to a run of an unsaved workflow; purge that run or take another name");
            }
        }
        throw new StorageException(
                "workflow " + name.name() + " of project " + name.project() + " comes and goes all the time", true);
    }

    private static boolean insertName(Session session, WorkflowName name, String owner, boolean unsaved)
            throws SQLException {
        return session.query("INSERT INTO ${prefix}workflow (project, name, highest, owner, deleted, unsaved)"
                        + " VALUES (?, ?, 1, ?, FALSE, ?) " + session.dialect().unlessPresent())
                .text(name.project())
                .text(name.name())
                .text(owner)
                .flag(unsaved)
                .insertUnlessPresent();
    }

    private static void insertVersion(Session session, SavedWorkflow saved) throws SQLException {
        ContentTable.refer(session, saved.files().values());
        session.query("INSERT INTO ${prefix}workflow_version (project, name, version, saved_at) VALUES (?, ?, ?, ?)")
                .text(saved.project())
                .text(saved.name())
                .integer(saved.version())
                .number(saved.savedAt().toEpochMilli())
                .update();
        DefinitionText.write(
                session, new WorkflowName(saved.project(), saved.name()), saved.version(), saved.definition());
        insertFiles(session, saved);
    }

    private static void insertFiles(Session session, SavedWorkflow saved) throws SQLException {
        if (saved.files().isEmpty()) {
            return;
        }
        Query query = session.query("""
                INSERT INTO ${prefix}workflow_file (project, name, version, path, sha256, size)
                VALUES (?, ?, ?, ?, ?, ?)
                """);
        for (Map.Entry<String, Content> file : saved.files().entrySet()) {
            query.text(saved.project())
                    .text(saved.name())
                    .integer(saved.version())
                    .text(file.getKey())
                    .word(file.getValue().sha256())
                    .number(file.getValue().size())
                    .add();
        }
        query.batch();
    }

    @Override
    public void saveUnsaved(Session session, SavedWorkflow unsaved) throws SQLException {
        WorkflowName name = new WorkflowName(unsaved.project(), unsaved.name());
        if (!insertName(session, name, unsaved.owner(), true)) {
            throw new AlreadyExistsException(
                    unsaved.project(), unsaved.name(), "take another name, or run the saved workflow");
        }
        insertVersion(session, unsaved);
    }

    /** Finds the latest version of a name that is neither deleted nor unsaved. */
    Optional<SavedWorkflow> latest(Session session, WorkflowName name) throws SQLException {
        Optional<Head> head =
                session.query(HEAD + """
                WHERE w.project = ? AND w.name = ? AND v.version = w.highest AND NOT w.deleted AND NOT w.unsaved
                """).text(name.project()).text(name.name()).first(WorkflowTable::head);
        return whole(session, head);
    }

    /** Finds out what a name stands for that is neither deleted nor unsaved. */
    Optional<WorkflowStore.Current> current(Session session, WorkflowName name) throws SQLException {
        return session.query("""
                SELECT w.highest, w.owner, s.definition FROM ${prefix}workflow w
                LEFT JOIN ${prefix}schedule s ON s.project = w.project AND s.workflow = w.name
                WHERE w.project = ? AND w.name = ? AND NOT w.deleted AND NOT w.unsaved
                """).text(name.project()).text(name.name()).first(row -> {
            int version = row.integer();
            String owner = row.text();
            Optional<String> schedule = row.optionalWord();
            Optional<ZoneId> zone = schedule.flatMap(text ->
                    ScheduleTable.definition(name.project(), name.name(), text).zone());
            return new WorkflowStore.Current(version, owner, zone);
        });
    }

    /** Finds a version. */
    Optional<SavedWorkflow> version(Session session, WorkflowName name, int version) throws SQLException {
        Optional<Head> head = session.query(HEAD + "WHERE w.project = ? AND w.name = ? AND v.version = ?")
                .text(name.project())
                .text(name.name())
                .integer(version)
                .first(WorkflowTable::head);
        return whole(session, head);
    }

    /** Lists the latest versions of a project's names that are neither deleted nor unsaved, by name. */
    List<SavedWorkflow> list(Session session, String project, long from, int size) throws SQLException {
        List<SavedWorkflow> list = new ArrayList<>();
        String behind = "";
        long leftOut = Math.max(0, from);
        while (list.size() < size) {
            int wanted = Math.min(HEADS_AT_ONCE, size - list.size());
            List<Head> heads = session.query(HEAD + """
                    WHERE w.project = ? AND w.name > ? AND v.version = w.highest AND NOT w.deleted AND NOT w.unsaved
                    ORDER BY w.name LIMIT ? OFFSET ?
                    """)
                    .text(project)
                    .text(behind)
                    .integer(wanted)
                    .number(leftOut)
                    .list(WorkflowTable::head);
            for (Head head : heads) {
                list.add(whole(session, head));
            }
            if (heads.size() < wanted) {
                break;
            }
            behind = heads.get(heads.size() - 1).name().name();
            leftOut = 0;
        }
        return list;
    }

    private static Head head(Row row) throws SQLException {
        return new Head(
                new WorkflowName(row.text(), row.text()),
                row.integer(),
                row.text(),
                Instant.ofEpochMilli(row.number()),
                row.flag(),
                row.flag(),
                row.bytes());
    }

    private static Optional<SavedWorkflow> whole(Session session, Optional<Head> head) throws SQLException {
        return head.isPresent() ? Optional.of(whole(session, head.get())) : Optional.empty();
    }

    private static SavedWorkflow whole(Session session, Head head) throws SQLException {
        WorkflowName name = head.name();
        Map<String, Content> files = head.hasFiles() ? files(session, name, head.version()) : Map.of();
        Workflow definition = DefinitionText.read(session, name, head.version(), head.firstChunk());
        return new SavedWorkflow(
                name.project(),
                name.name(),
                head.version(),
                definition,
                files,
                head.owner(),
                head.savedAt(),
                head.unsaved());
    }

    private static Map<String, Content> files(Session session, WorkflowName name, int version) throws SQLException {
        Map<String, Content> files = new HashMap<>();
        session.query("""
                SELECT path, sha256, size FROM ${prefix}workflow_file WHERE project = ? AND name = ? AND version = ?
                """)
                .text(name.project())
                .text(name.name())
                .integer(version)
                .list(row -> files.put(row.text(), ContentTable.content(row)));
        if (files.isEmpty()) {
            throw new StorageException("the definition was removed while it was read", true);
        }
        return files;
    }

    /** Deletes a name; tells whether there was one. */
    boolean delete(Session session, WorkflowName name) throws SQLException {
        boolean deleted =
                session.query("""
                UPDATE ${prefix}workflow SET deleted = TRUE
                WHERE project = ? AND name = ? AND NOT deleted AND NOT unsaved
                """).text(name.project()).text(name.name()).update() == 1;
        if (deleted) {
            removeUnreferenced(session, name.project(), List.of(name.name()));
        }
        return deleted;
    }

    @Override
    public List<String> lockLoose(Session session, String project, Collection<String> names) throws SQLException {
        // why: of two transactions that remove the last two executions, the later one must see that both are gone
        return session.query("SELECT name FROM ${prefix}workflow WHERE project = ? AND name IN "
                        + Texts.placeholders(names) + " AND (deleted OR unsaved) ORDER BY name FOR UPDATE")
                .text(project)
                .texts(names)
                .list(Row::text);
    }

    @Override
    public Map<String, Long> looseExecutions(Session session, String project, Collection<String> names)
            throws SQLException {
        Map<String, Long> executions = new HashMap<>();
        session.query("""
                SELECT w.name, (SELECT COUNT(*) FROM ${prefix}execution x
                    WHERE x.project = w.project AND x.workflow = w.name)
                FROM ${prefix}workflow w WHERE w.project = ? AND (w.deleted OR w.unsaved) AND w.name IN
                """ + Texts.placeholders(names))
                .text(project)
                .texts(names)
                .list(row -> executions.put(row.text(), row.number()));
        return executions;
    }

    @Override
    public Set<String> removeUnreferenced(Session session, String project, Collection<String> loose)
            throws SQLException {
        Set<String> unreferenced = new HashSet<>(loose);
        if (!unreferenced.isEmpty()) {
            session.query("""
                    SELECT w.name FROM ${prefix}workflow w WHERE w.project = ? AND EXISTS (
                        SELECT 1 FROM ${prefix}execution x WHERE x.project = w.project AND x.workflow = w.name)
                    AND w.name IN
                    """ + Texts.placeholders(loose))
                    .text(project)
                    .texts(loose)
                    .list(row -> unreferenced.remove(row.text()));
        }
        if (!unreferenced.isEmpty()) {
            removeVersions(session, project, unreferenced);
            removeAll(session, "workflow", project, unreferenced, " AND unsaved");
        }
        return unreferenced;
    }

    /** The names stay, so that the numbering goes on when they come back. */
    private static void removeVersions(Session session, String project, Collection<String> names) throws SQLException {
        List<Content> contents = session.query("SELECT DISTINCT sha256, size FROM ${prefix}workflow_file"
                        + " WHERE project = ? AND name IN " + Texts.placeholders(names))
                .text(project)
                .texts(names)
                .list(ContentTable::content);
        removeAll(session, "workflow_file", project, names, "");
        removeAll(session, "workflow_chunk", project, names, "");
        removeAll(session, "workflow_version", project, names, "");
        ContentTable.removeUnreferenced(session, contents);
    }

    private static void removeAll(
            Session session, String table, String project, Collection<String> names, String condition)
            throws SQLException {
        session.query("DELETE FROM ${prefix}" + table + " WHERE project = ? AND name IN " + Texts.placeholders(names)
                        + condition)
                .text(project)
                .texts(names)
                .update();
    }
}
