package dev.remora.storage.memory;

import dev.remora.spi.HeldChange;
import dev.remora.spi.Lease;
import dev.remora.spi.NewExecution;
import dev.remora.spi.ScheduleRecord;
import dev.remora.spi.ScheduleState;
import dev.remora.spi.ScheduleStore;
import java.util.List;
import java.util.Optional;

/** The schedules as one handle sees them. */
final class MemoryScheduleStore implements ScheduleStore {
    private final MemoryData data;
    private final MemoryData.Handle handle;
    private final Creations creations;

    MemoryScheduleStore(MemoryData data, MemoryData.Handle handle, Creations creations) {
        this.data = data;
        this.handle = handle;
        this.creations = creations;
    }

    @Override
    public boolean save(ScheduleRecord record) {
        data.ownership.lock();
        try {
            handle.check();
            return data.schedules.put(record);
        } finally {
            data.ownership.unlock();
        }
    }

    @Override
    public Optional<ScheduleRecord> find(String project, String workflow) {
        handle.check();
        return data.schedules.find(project, workflow);
    }

    @Override
    public List<ScheduleRecord> list(String project, long from, int size) {
        handle.check();
        return data.schedules.list(project, from, size);
    }

    @Override
    public boolean delete(String project, String workflow) {
        data.ownership.lock();
        try {
            handle.check();
            return data.schedules.delete(project, workflow);
        } finally {
            data.ownership.unlock();
        }
    }

    @Override
    public List<ScheduleRecord> upcoming(int limit) {
        handle.check();
        return data.schedules.upcoming(limit);
    }

    @Override
    public Optional<List<Long>> step(
            Lease owner,
            String project,
            String workflow,
            ScheduleState next,
            List<NewExecution> created,
            List<HeldChange> changes) {
        data.ownership.lock();
        try {
            handle.check();
            LeaseTable.Held held = data.leases.standing(owner);
            Optional<ScheduleRecord> before = data.schedules
                    .find(project, workflow)
                    .filter(record -> record.state().revision() == next.revision() - 1);
            if (before.isEmpty() || !creations.allExpected(changes)) {
                return Optional.empty();
            }
            ScheduleRecord record = before.get();
            List<Long> ids = creations.createAll(held, created);
            creations.applyAll(held, changes);
            data.schedules.put(new ScheduleRecord(record.schedule(), record.user(), record.savedAt(), next));
            return Optional.of(ids);
        } finally {
            data.ownership.unlock();
        }
    }
}
