package dev.remora.storage.jdbc;

import dev.remora.error.ContentMissingException;
import dev.remora.error.StorageException;
import dev.remora.model.Content;
import dev.remora.spi.ResourceStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The contents of files, in chunks. Whoever is about to refer to a content locks its row by {@link #refer}; whoever took a
 * reference away locks it by {@link #removeUnreferenced}, and then looks for other references. These two wait for each
 * other, so nothing refers to a content that is gone, and with its last reference a content goes.
 */
final class ContentTable {
    private static final int CONTENTS_AT_ONCE = 100;
    private static final int TRIES = 10;
    // why: transactions that lock several rows must do so in the same order
    private static final Comparator<Content> ORDER =
            Comparator.comparing(Content::sha256).thenComparingLong(Content::size);

    private ContentTable() {}

    /** Returns those of which a chunk is missing. */
    static Set<Content> missing(Session session, Collection<Content> contents) throws SQLException {
        Set<Content> missing = new HashSet<>();
        for (List<Content> part : parts(contents)) {
            Map<Content, Long> counts = chunkCounts(session, part);
            part.stream()
                    .filter(content -> counts.getOrDefault(content, 0L) != chunks(content))
                    .forEach(missing::add);
        }
        return missing;
    }

    /**
     * Stores a chunk, if it is not there.
     *
     * @return whether it is the first one of its content
     */
    static boolean append(Session session, Content content, int chunk, byte[] bytes) throws SQLException {
        check(content, chunk, bytes);
        boolean first = lockOrAdd(session, content);
        boolean present = session.query("""
                SELECT 1 FROM ${prefix}content_chunk WHERE sha256 = ? AND size = ? AND chunk = ?
                """)
                .word(content.sha256())
                .number(content.size())
                .integer(chunk)
                .exists();
        if (!present) {
            session.query("INSERT INTO ${prefix}content_chunk (sha256, size, chunk, bytes) VALUES (?, ?, ?, ?)")
                    .word(content.sha256())
                    .number(content.size())
                    .integer(chunk)
                    .bytes(bytes)
                    .update();
        }
        return first;
    }

    private static void check(Content content, int chunk, byte[] bytes) {
        long start = (long) chunk * ResourceStore.CHUNK_SIZE;
        boolean within = chunk >= 0 && start < content.size();
        if (!within || bytes.length != Math.min(ResourceStore.CHUNK_SIZE, content.size() - start)) {
            throw new StorageException(
                    "chunk " + chunk + " of " + bytes.length + " bytes is no part of content " + content.sha256()
                            + " of " + content.size() + " bytes",
                    false);
        }
    }

    /** Locks the row of a content, with the time from now on; returns whether it was added. */
    private static boolean lockOrAdd(Session session, Content content) throws SQLException {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            boolean locked = session.query("""
                    UPDATE ${prefix}content SET stored_at = ${now} WHERE sha256 = ? AND size = ?
                    """)
                            .word(content.sha256())
                            .number(content.size())
                            .update()
                    == 1;
            if (locked) {
                return false;
            }
            boolean added = session.query(
                            "INSERT INTO ${prefix}content (sha256, size, stored_at) VALUES (?, ?, ${now}) "
                                    + session.dialect().unlessPresent())
                    .word(content.sha256())
                    .number(content.size())
                    .insertUnlessPresent();
            if (added) {
                return true;
            }
        }
        throw new StorageException("content " + content.sha256() + " comes and goes all the time", true);
    }

    /** Reads a chunk. */
    static Optional<byte[]> read(Session session, Content content, int chunk) throws SQLException {
        return session.query("SELECT bytes FROM ${prefix}content_chunk WHERE sha256 = ? AND size = ? AND chunk = ?")
                .word(content.sha256())
                .number(content.size())
                .integer(chunk)
                .first(Row::bytes);
    }

    /**
     * Keeps contents from being removed until the end of the transaction, which stores references to them.
     *
     * @throws ContentMissingException if one is not complete
     */
    static void refer(Session session, Collection<Content> contents) throws SQLException {
        for (List<Content> part : parts(contents)) {
            Set<Content> locked = lock(session, part, "${fence}");
            Map<Content, Long> counts = chunkCounts(session, part);
            for (Content content : part) {
                boolean complete = counts.getOrDefault(content, 0L) == chunks(content);
                if (chunks(content) > 0 && !(complete && locked.contains(content))) {
                    throw new ContentMissingException(content);
                }
            }
        }
    }

    /** Removes those of some contents that nothing refers to, complete or not. */
    static void removeUnreferenced(Session session, Collection<Content> contents) throws SQLException {
        for (List<Content> part : parts(contents)) {
            Set<Content> unreferenced = lock(session, part, "FOR UPDATE");
            unreferenced.removeAll(referenced(session, part));
            if (!unreferenced.isEmpty()) {
                delete(session, "content_chunk", unreferenced);
                delete(session, "content", unreferenced);
            }
        }
    }

    /** Returns those of some contents that something refers to. */
    static Set<Content> referenced(Session session, Collection<Content> contents) throws SQLException {
        List<String> hashes = hashes(contents);
        String among = Texts.placeholders(hashes);
        return new HashSet<>(session.query("SELECT DISTINCT sha256, size FROM ${prefix}resource WHERE sha256 IN "
                        + among + " UNION SELECT DISTINCT sha256, size FROM ${prefix}workflow_file WHERE sha256 IN "
                        + among)
                .words(hashes)
                .words(hashes)
                .list(ContentTable::content));
    }

    private static Set<Content> lock(Session session, List<Content> contents, String how) throws SQLException {
        List<String> hashes = hashes(contents);
        Set<Content> locked = new HashSet<>(session.query("SELECT sha256, size FROM ${prefix}content WHERE sha256 IN "
                        + Texts.placeholders(hashes) + " ORDER BY sha256, size " + how)
                .words(hashes)
                .list(ContentTable::content));
        locked.retainAll(contents);
        return locked;
    }

    private static Map<Content, Long> chunkCounts(Session session, List<Content> contents) throws SQLException {
        Map<Content, Long> counts = new HashMap<>();
        List<String> hashes = hashes(contents);
        session.query("SELECT sha256, size, COUNT(*) FROM ${prefix}content_chunk WHERE sha256 IN "
                        + Texts.placeholders(hashes) + " GROUP BY sha256, size "
                        + (session.isOfCaller() ? session.dialect().latest() : ""))
                .words(hashes)
                .list(row -> counts.put(content(row), row.number()));
        return counts;
    }

    private static void delete(Session session, String table, Set<Content> contents) throws SQLException {
        Query query = session.query("DELETE FROM ${prefix}" + table + " WHERE sha256 = ? AND size = ?");
        for (Content content : contents) {
            query.word(content.sha256()).number(content.size()).add();
        }
        query.batch();
    }

    /** Makes a content of the columns sha256 and size. */
    static Content content(Row row) throws SQLException {
        return new Content(row.word(), row.number());
    }

    private static long chunks(Content content) {
        return (content.size() + ResourceStore.CHUNK_SIZE - 1) / ResourceStore.CHUNK_SIZE;
    }

    private static List<String> hashes(Collection<Content> contents) {
        return contents.stream().map(Content::sha256).distinct().toList();
    }

    private static List<List<Content>> parts(Collection<Content> contents) {
        List<Content> ordered = new ArrayList<>(new HashSet<>(contents));
        ordered.sort(ORDER);
        return Commits.parts(ordered, CONTENTS_AT_ONCE);
    }
}
