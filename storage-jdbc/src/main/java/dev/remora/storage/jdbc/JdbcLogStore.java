package dev.remora.storage.jdbc;

import dev.remora.model.JobId;
import dev.remora.spi.Lease;
import dev.remora.spi.LogChunk;
import dev.remora.spi.LogExtent;
import dev.remora.spi.LogStore;
import java.util.List;
import java.util.Objects;

/** The logs of the jobs. */
final class JdbcLogStore implements LogStore {
    private final Database database;
    private final LogAppender appender;

    JdbcLogStore(Database database) {
        this.database = database;
        appender = new LogAppender(database);
    }

    @Override
    public void append(Lease owner, LogChunk chunk) {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(chunk, "chunk");
        appender.append(owner, chunk);
    }

    @Override
    public List<LogExtent> extents(JobId job) {
        boolean possible = Texts.isStorable(job.node());
        return database.read(
                "read where the log of job " + job + " ends",
                session -> possible ? LogTable.extents(session, job) : List.of());
    }

    @Override
    public List<LogChunk> read(JobId job, long line, int maxBytes) {
        boolean possible = Texts.isStorable(job.node());
        return database.read(
                "read the log of job " + job,
                session -> possible ? LogTable.read(session, job, line, maxBytes) : List.of());
    }
}
