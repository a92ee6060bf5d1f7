package dev.remora.storage.jdbc;

import dev.remora.error.StorageException;
import dev.remora.model.Content;
import dev.remora.model.ProjectResource;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The resources of projects. */
final class ResourceTable {
    private static final String COLUMNS = "project, path, sha256, size, saved_by, saved_at";
    private static final int TRIES = 10;

    private ResourceTable() {}

    /** Adds a resource, or puts it in the place of another, whose content is returned. */
    static Optional<Content> put(Session session, ProjectResource resource) throws SQLException {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Optional<Content> before = lock(session, resource.project(), resource.path());
            if (before.isPresent()) {
                update(session, resource);
                return before;
            }
            if (insert(session, resource)) {
                return Optional.empty();
            }
        }
        throw new StorageException(
                "resource " + resource.path() + " of project " + resource.project() + " comes and goes all the time",
                true);
    }

    private static Optional<Content> lock(Session session, String project, String path) throws SQLException {
        return session.query("""
                SELECT sha256, size FROM ${prefix}resource WHERE project = ? AND path_order = ? FOR UPDATE
                """).text(project).bytes(order(path)).first(ContentTable::content);
    }

    private static void update(Session session, ProjectResource resource) throws SQLException {
        session.query("""
                UPDATE ${prefix}resource SET sha256 = ?, size = ?, saved_by = ?, saved_at = ?
                WHERE project = ? AND path_order = ?
                """)
                .word(resource.content().sha256())
                .number(resource.content().size())
                .text(resource.savedBy())
                .number(resource.savedAt().toEpochMilli())
                .text(resource.project())
                .bytes(order(resource.path()))
                .update();
    }

    private static boolean insert(Session session, ProjectResource resource) throws SQLException {
        return session.query("INSERT INTO ${prefix}resource (path_order, " + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?) "
                        + session.dialect().unlessPresent())
                .bytes(order(resource.path()))
                .text(resource.project())
                .text(resource.path())
                .word(resource.content().sha256())
                .number(resource.content().size())
                .text(resource.savedBy())
                .number(resource.savedAt().toEpochMilli())
                .insertUnlessPresent();
    }

    static Optional<ProjectResource> find(Session session, String project, String path) throws SQLException {
        return session.query("SELECT " + COLUMNS + " FROM ${prefix}resource WHERE project = ? AND path_order = ?")
                .text(project)
                .bytes(order(path))
                .first(ResourceTable::read);
    }

    static List<ProjectResource> list(Session session, String project, long from, int size) throws SQLException {
        return session.query("SELECT " + COLUMNS + """
                 FROM ${prefix}resource WHERE project = ? ORDER BY path_order LIMIT ? OFFSET ?
                """)
                .text(project)
                .integer(Math.max(0, size))
                .number(Math.max(0, from))
                .list(ResourceTable::read);
    }

    /** Deletes a resource, and returns its content; empty if there was none. */
    static Optional<Content> delete(Session session, String project, String path) throws SQLException {
        Optional<Content> before = lock(session, project, path);
        if (before.isPresent()) {
            session.query("DELETE FROM ${prefix}resource WHERE project = ? AND path_order = ?")
                    .text(project)
                    .bytes(order(path))
                    .update();
        }
        return before;
    }

    private static ProjectResource read(Row row) throws SQLException {
        return new ProjectResource(
                row.text(), row.text(), ContentTable.content(row), row.text(), Instant.ofEpochMilli(row.number()));
    }

    // why: bytes compare alike in every database, and those of UTF-16 like the code units by which resources are listed
    private static byte[] order(String path) {
        return path.getBytes(StandardCharsets.UTF_16BE);
    }
}
