package dev.remora.storage.memory;

import dev.remora.model.Status;
import dev.remora.spi.EndedFilter;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.Purged;
import dev.remora.spi.RankedPlace;
import dev.remora.spi.RetentionStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** How history goes, as one handle sees it. */
final class MemoryRetentionStore implements RetentionStore {
    private final MemoryData data;
    private final MemoryData.Handle handle;

    MemoryRetentionStore(MemoryData data, MemoryData.Handle handle) {
        this.data = data;
        this.handle = handle;
    }

    @Override
    public List<ExecutionRecord> find(EndedFilter filter) {
        handle.check();
        List<ExecutionRecord> found = new ArrayList<>();
        EndedFilter next = filter;
        List<ExecutionRecord> part;
        do {
            part = data.index.ended(next);
            part.stream()
                    .filter(record -> filter.matches(record, isUnsaved(record)))
                    .limit((long) filter.limit() - found.size())
                    .forEach(found::add);
            if (!part.isEmpty()) {
                next = next.goingOn(part.get(part.size() - 1).place());
            }
        } while (part.size() == filter.limit() && found.size() < filter.limit());
        return found;
    }

    private boolean isUnsaved(ExecutionRecord record) {
        return data.catalog.isUnsaved(
                record.submission().project(), record.submission().workflow());
    }

    @Override
    public List<RankedPlace> ranked(
            Optional<String> project, Optional<RankedPlace> after, Set<Status> statuses, int rank, int limit) {
        handle.check();
        return data.index.ranked(data.catalog.saved(project, after, limit), statuses, rank);
    }

    @Override
    public Purged purge(Collection<Long> execIds, long endedUntil) {
        data.ownership.lock();
        try {
            handle.check();
            return Removal.purge(data, rows(execIds), endedUntil);
        } finally {
            data.ownership.unlock();
        }
    }

    @Override
    public Purged count(Collection<Long> execIds, long endedUntil) {
        data.ownership.lock();
        try {
            handle.check();
            return Removal.count(data, rows(execIds), endedUntil);
        } finally {
            data.ownership.unlock();
        }
    }

    private List<ExecutionRow> rows(Collection<Long> execIds) {
        return execIds.stream()
                .distinct()
                .sorted()
                .map(data.rows::get)
                .filter(Objects::nonNull)
                .toList();
    }
}
