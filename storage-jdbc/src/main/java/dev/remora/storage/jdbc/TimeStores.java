package dev.remora.storage.jdbc;

import dev.remora.error.StorageException;
import dev.remora.model.PlannedRun;
import dev.remora.spi.BackfillRecord;
import dev.remora.spi.BackfillStore;
import dev.remora.spi.HeldChange;
import dev.remora.spi.Lease;
import dev.remora.spi.NewExecution;
import dev.remora.spi.Notice;
import dev.remora.spi.NoticeStore;
import dev.remora.spi.ScheduleRecord;
import dev.remora.spi.ScheduleState;
import dev.remora.spi.ScheduleStore;
import java.util.List;
import java.util.Optional;

/** Schedules, backfills and notices, which a database does not store as yet: there are none, and none are taken. */
final class TimeStores {
    private TimeStores() {}

    static StorageException notStored() {
        return new StorageException("a database does not store schedules and backfills as yet", false);
    }

    /** No schedules. */
    static final class Schedules implements ScheduleStore {
        @Override
        public boolean save(ScheduleRecord record) {
            throw notStored();
        }

        @Override
        public Optional<ScheduleRecord> find(String project, String workflow) {
            return Optional.empty();
        }

        @Override
        public List<ScheduleRecord> list(String project, long from, int size) {
            return List.of();
        }

        @Override
        public boolean delete(String project, String workflow) {
            return false;
        }

        @Override
        public List<ScheduleRecord> upcoming(int limit) {
            return List.of();
        }

        @Override
        public Optional<List<Long>> step(
                Lease owner,
                String project,
                String workflow,
                ScheduleState next,
                List<NewExecution> created,
                List<HeldChange> changes) {
            throw notStored();
        }
    }

    /** No backfills. */
    static final class Backfills implements BackfillStore {
        @Override
        public long newId() {
            throw notStored();
        }

        @Override
        public List<PlannedRun> create(Lease owner, BackfillRecord backfill, List<NewExecution> executions) {
            throw notStored();
        }

        @Override
        public Optional<BackfillRecord> find(long id) {
            return Optional.empty();
        }

        @Override
        public List<PlannedRun> runs(long id) {
            return List.of();
        }

        @Override
        public List<BackfillRecord> list(String project, long from, int size) {
            return List.of();
        }

        @Override
        public List<BackfillRecord> open(long after, int limit) {
            return List.of();
        }

        @Override
        public boolean step(Lease owner, BackfillRecord next, List<HeldChange> changes) {
            throw notStored();
        }
    }

    /** No notices. */
    static final class Notices implements NoticeStore {
        @Override
        public List<Notice> take(long now, long until, int limit) {
            return List.of();
        }

        @Override
        public void retry(Notice next) {
            throw notStored();
        }

        @Override
        public void done(Notice notice) {
            throw notStored();
        }
    }
}
