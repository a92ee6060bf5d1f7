package dev.remora.storage.memory;

import dev.remora.model.PlannedRun;
import dev.remora.spi.BackfillRecord;
import dev.remora.spi.BackfillStore;
import dev.remora.spi.HeldChange;
import dev.remora.spi.Lease;
import dev.remora.spi.NewExecution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The backfills as one handle sees them. */
final class MemoryBackfillStore implements BackfillStore {
    private final MemoryData data;
    private final MemoryData.Handle handle;
    private final Creations creations;

    MemoryBackfillStore(MemoryData data, MemoryData.Handle handle, Creations creations) {
        this.data = data;
        this.handle = handle;
        this.creations = creations;
    }

    @Override
    public long newId() {
        handle.check();
        return data.backfills.newId();
    }

    @Override
    public List<PlannedRun> create(Lease owner, BackfillRecord backfill, List<NewExecution> executions) {
        data.ownership.lock();
        try {
            handle.check();
            List<Long> ids = creations.createAll(data.leases.standing(owner), executions);
            List<PlannedRun> runs = new ArrayList<>(ids.size());
            for (int i = 0; i < ids.size(); i++) {
                runs.add(new PlannedRun(executions.get(i).submission().scheduleTime(), ids.get(i)));
            }
            data.backfills.add(backfill, runs);
            return runs;
        } finally {
            data.ownership.unlock();
        }
    }

    @Override
    public Optional<BackfillRecord> find(long id) {
        handle.check();
        return data.backfills.find(id);
    }

    @Override
    public List<PlannedRun> runs(long id) {
        handle.check();
        return data.backfills.runs(id);
    }

    @Override
    public List<BackfillRecord> list(String project, long from, int size) {
        handle.check();
        return data.backfills.list(project, from, size);
    }

    @Override
    public List<BackfillRecord> open(long after, int limit) {
        handle.check();
        return data.backfills.open(after, limit);
    }

    @Override
    public boolean step(Lease owner, BackfillRecord next, List<HeldChange> changes) {
        data.ownership.lock();
        try {
            handle.check();
            LeaseTable.Held held = data.leases.standing(owner);
            if (!data.backfills.follows(next) || !creations.allExpected(changes)) {
                return false;
            }
            creations.applyAll(held, changes);
            data.backfills.replace(next);
            return true;
        } finally {
            data.ownership.unlock();
        }
    }
}
