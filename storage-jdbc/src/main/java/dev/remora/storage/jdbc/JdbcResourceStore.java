package dev.remora.storage.jdbc;

import dev.remora.error.StorageException;
import dev.remora.model.Content;
import dev.remora.model.ProjectResource;
import dev.remora.spi.ResourceStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The contents of files, and the resources of projects. */
final class JdbcResourceStore implements ResourceStore {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcResourceStore.class);
    private static final int SWEPT_AT_ONCE = 100;
    private static final long KEPT_MILLIS = 3_600_000;

    private final Database database;
    /** Behind which hash the next sweep begins. */
    private final AtomicReference<String> swept = new AtomicReference<>("");

    JdbcResourceStore(Database database) {
        this.database = database;
    }

    @Override
    public Set<Content> missing(Collection<Content> contents) {
        return database.read("look for contents", session -> ContentTable.missing(session, contents));
    }

    @Override
    public void append(Content content, int chunk, byte[] bytes) {
        boolean first = database.writeApart(
                "store a chunk of content " + content.sha256(),
                session -> ContentTable.append(session, content, chunk, bytes));
        if (first && !database.isBound()) {
            sweep();
        }
    }

    /**
     * Looks at some contents, and removes those that were given up. Each new content pays for a look at many others, so
     * what was given up does not pile up, and nobody ever looks at all of them at once.
     */
    private void sweep() {
        try {
            List<Content> old = database.read("look for contents that nothing refers to", this::nextUnreferenced);
            if (!old.isEmpty()) {
                discard(old);
            }
        } catch (StorageException e) {
            LOG.debug("contents that nothing refers to stay for now", e);
        }
    }

    private List<Content> nextUnreferenced(Session session) throws SQLException {
        record Seen(Content content, boolean old) {}
        List<Seen> seen = session.query("""
                SELECT sha256, size, stored_at < ${now} - ? FROM ${prefix}content
                WHERE sha256 > ? ORDER BY sha256, size LIMIT ?
                """)
                .number(KEPT_MILLIS)
                .word(swept.get())
                .integer(SWEPT_AT_ONCE)
                .list(row -> new Seen(ContentTable.content(row), row.flag()));
        swept.set(
                seen.size() < SWEPT_AT_ONCE
                        ? ""
                        : seen.get(seen.size() - 1).content().sha256());
        List<Content> old = seen.stream().filter(Seen::old).map(Seen::content).toList();
        if (old.isEmpty()) {
            return old;
        }
        Set<Content> referenced = ContentTable.referenced(session, old);
        return old.stream().filter(content -> !referenced.contains(content)).toList();
    }

    @Override
    public Optional<byte[]> read(Content content, int chunk) {
        return database.read(
                "read a chunk of content " + content.sha256(), session -> ContentTable.read(session, content, chunk));
    }

    @Override
    public void discard(Collection<Content> contents) {
        database.write("remove contents", session -> {
            ContentTable.removeUnreferenced(session, contents);
            return contents;
        });
    }

    @Override
    public ProjectResource put(String project, String path, Content content, String user, Instant now) {
        ProjectResource resource = new ProjectResource(project, path, content, user, now);
        database.write("save resource " + path + " of project " + project, session -> {
            ContentTable.refer(session, List.of(content));
            Optional<Content> before = ResourceTable.put(session, resource);
            ContentTable.removeUnreferenced(session, before.stream().toList());
            return resource;
        });
        return resource;
    }

    @Override
    public Optional<ProjectResource> find(String project, String path) {
        Objects.requireNonNull(path, "path");
        boolean possible = Texts.isStorable(project) && Texts.isStorable(path);
        return database.read(
                "find a resource", session -> possible ? ResourceTable.find(session, project, path) : Optional.empty());
    }

    @Override
    public List<ProjectResource> list(String project, long from, int size) {
        boolean possible = Texts.isStorable(project);
        return database.read(
                "list the resources of a project",
                session -> possible ? ResourceTable.list(session, project, from, size) : List.of());
    }

    @Override
    public boolean delete(String project, String path) {
        Objects.requireNonNull(path, "path");
        boolean possible = Texts.isStorable(project) && Texts.isStorable(path);
        return database.write("delete a resource", session -> {
            Optional<Content> before =
                    possible ? ResourceTable.delete(session, project, path) : Optional.<Content>empty();
            ContentTable.removeUnreferenced(session, before.stream().toList());
            return before.isPresent();
        });
    }
}
