package dev.remora.storage.jdbc;

import dev.remora.model.JobId;
import dev.remora.spi.LogChunk;
import dev.remora.spi.LogExtent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The logs of jobs, in chunks. A chunk is found by the number of its first line, whatever is before it; rows are only ever
 * added.
 */
final class LogTable {
    /**
     * Where a log ends.
     *
     * @param lines how many lines it has
     * @param attempt the attempt that wrote last
     * @param attemptLine the first line of that attempt
     * @param attemptPosition the highest source position of that attempt
     */
    record End(long lines, int attempt, long attemptLine, long attemptPosition) {
        /** The end of an empty log. */
        static final End NONE = new End(0, 0, 0, 0);

        /** Returns where the log ends with another chunk. */
        End with(LogChunk chunk) {
            boolean same = lines > 0 && attempt == chunk.attempt();
            return new End(
                    lines + chunk.lineCount(),
                    chunk.attempt(),
                    same ? attemptLine : chunk.firstLine(),
                    same ? Math.max(attemptPosition, chunk.sourcePosition()) : chunk.sourcePosition());
        }

        private LogExtent extent() {
            return new LogExtent(attempt, attemptLine, lines - attemptLine, attemptPosition);
        }
    }

    /** An execution that is locked while something is appended to its logs. */
    record Owned(boolean active, long owner) {}

    private static final String END_COLUMNS = "first_line + line_count, attempt, attempt_line, attempt_position";
    private static final int MOST_CHUNKS = 32;

    private LogTable() {}

    /** Keeps executions from being purged, or taken over, until the end of the transaction. */
    static Map<Long, Owned> lock(Session session, Collection<Long> execIds) throws SQLException {
        Map<Long, Owned> owned = new HashMap<>();
        session.query("SELECT exec_id, active, owner FROM ${prefix}execution WHERE exec_id IN "
                        + Texts.placeholders(execIds) + " ORDER BY exec_id ${fence}")
                .numbers(execIds)
                .list(row -> owned.put(row.number(), new Owned(row.flag(), row.number())));
        return owned;
    }

    /** Finds out where a log ends. */
    static End end(Session session, JobId job) throws SQLException {
        return endBefore(session, job, Long.MAX_VALUE).orElse(End.NONE);
    }

    private static Optional<End> endBefore(Session session, JobId job, long line) throws SQLException {
        return session.query("SELECT " + END_COLUMNS + """
                 FROM ${prefix}log_chunk WHERE exec_id = ? AND node = ? AND first_line < ?
                ORDER BY exec_id DESC, node DESC, first_line DESC LIMIT 1
                """)
                .number(job.execId())
                .text(job.node())
                .number(line)
                .first(row -> new End(row.number(), row.integer(), row.number(), row.number()));
    }

    /**
     * A chunk, and where its log ends with it.
     *
     * @param chunk the chunk
     * @param end the end
     */
    record Appended(LogChunk chunk, End end) {}

    /** Appends chunks, each at the end of its log. */
    static void append(Session session, List<Appended> all) throws SQLException {
        Query query = session.query("""
                INSERT INTO ${prefix}log_chunk (exec_id, node, first_line, line_count, attempt, source_position,
                    attempt_line, attempt_position, bytes)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """);
        for (Appended one : all) {
            LogChunk chunk = one.chunk();
            query.number(chunk.job().execId())
                    .text(chunk.job().node())
                    .number(chunk.firstLine())
                    .integer(chunk.lineCount())
                    .integer(chunk.attempt())
                    .number(chunk.sourcePosition())
                    .number(one.end().attemptLine())
                    .number(one.end().attemptPosition())
                    .bytes(chunk.text())
                    .add();
        }
        query.batch();
    }

    /** Returns where each attempt is: one row is read for each, and no text. */
    static List<LogExtent> extents(Session session, JobId job) throws SQLException {
        LinkedList<LogExtent> extents = new LinkedList<>();
        Optional<End> end = endBefore(session, job, Long.MAX_VALUE);
        while (end.isPresent()) {
            extents.addFirst(end.get().extent());
            end = endBefore(session, job, end.get().attemptLine());
        }
        return extents;
    }

    /** Reads chunks, beginning with the one that holds a line, until their texts exceed a size. */
    static List<LogChunk> read(Session session, JobId job, long line, int maxBytes) throws SQLException {
        List<LogChunk> chunks = new ArrayList<>(holding(session, job, line));
        long bytes = chunks.stream().mapToLong(chunk -> chunk.text().length).sum();
        boolean more = !chunks.isEmpty();
        while (more && bytes <= maxBytes) {
            LogChunk last = chunks.get(chunks.size() - 1);
            // why: the sizes of the next ones are not known, but seldom far from that of the last one
            long wanted = Math.min(MOST_CHUNKS, 1 + (maxBytes - bytes) / Math.max(1, last.text().length));
            List<LogChunk> next = following(session, job, last.firstLine() + last.lineCount(), (int) wanted);
            for (int i = 0; i < next.size() && bytes <= maxBytes; i++) {
                chunks.add(next.get(i));
                bytes += next.get(i).text().length;
            }
            more = next.size() == wanted;
        }
        return chunks;
    }

    private static List<LogChunk> holding(Session session, JobId job, long line) throws SQLException {
        // why: a log begins with line 0, so a line before that stands for the first one
        long wanted = Math.max(0, line);
        return session
                .query("""
                SELECT first_line, line_count, attempt, source_position, bytes FROM ${prefix}log_chunk
                WHERE exec_id = ? AND node = ? AND first_line <= ?
                ORDER BY exec_id DESC, node DESC, first_line DESC LIMIT 1
                """)
                .number(job.execId())
                .text(job.node())
                .number(wanted)
                .list(row -> chunk(job, row))
                .stream()
                .filter(chunk -> wanted < chunk.firstLine() + chunk.lineCount())
                .toList();
    }

    private static List<LogChunk> following(Session session, JobId job, long firstLine, int count) throws SQLException {
        return session.query("""
                SELECT first_line, line_count, attempt, source_position, bytes FROM ${prefix}log_chunk
                WHERE exec_id = ? AND node = ? AND first_line >= ?
                ORDER BY exec_id, node, first_line LIMIT ?
                """)
                .number(job.execId())
                .text(job.node())
                .number(firstLine)
                .integer(count)
                .list(row -> chunk(job, row));
    }

    private static LogChunk chunk(JobId job, Row row) throws SQLException {
        long firstLine = row.number();
        int lineCount = row.integer();
        int attempt = row.integer();
        long sourcePosition = row.number();
        return new LogChunk(job, attempt, firstLine, lineCount, row.bytes(), sourcePosition);
    }
}
