package dev.remora.storage.memory;

import dev.remora.model.JobId;
import dev.remora.spi.Lease;
import dev.remora.spi.LogChunk;
import dev.remora.spi.LogExtent;
import dev.remora.spi.LogStore;
import java.util.List;
import java.util.Optional;

/** The logs as one handle sees them. */
final class MemoryLogStore implements LogStore {
    private final MemoryData data;
    private final MemoryData.Handle handle;

    MemoryLogStore(MemoryData data, MemoryData.Handle handle) {
        this.data = data;
        this.handle = handle;
    }

    @Override
    public void append(Lease owner, LogChunk chunk) {
        handle.check();
        ExecutionRow row = data.rows.get(chunk.job().execId());
        if (row == null) {
            data.leases.standing(owner);
            throw JobLogs.gone(chunk.job());
        }
        row.append(data.leases, owner, chunk);
    }

    @Override
    public List<LogExtent> extents(JobId job) {
        handle.check();
        return find(job).map(JobLog::extents).orElse(List.of());
    }

    @Override
    public List<LogChunk> read(JobId job, long line, int maxBytes) {
        handle.check();
        return find(job).map(log -> log.read(line, maxBytes)).orElse(List.of());
    }

    private Optional<JobLog> find(JobId job) {
        return Optional.ofNullable(data.rows.get(job.execId())).flatMap(row -> row.logs.find(job));
    }
}
