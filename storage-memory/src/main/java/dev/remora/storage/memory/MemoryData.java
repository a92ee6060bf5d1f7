package dev.remora.storage.memory;

import dev.remora.error.StorageException;
import dev.remora.model.ExecutionType;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What all handles share.
 *
 * <p>Locks are taken in this order: {@link #ownership}, the locks of rows by ascending id, then those inside the indexes,
 * the schedules, the backfills, the notices, the projects, the catalogue, the resources, the commands and the logs; of these only the catalogue and the resources take another,
 * that of the contents. A commit takes no lock but those of its rows.
 */
final class MemoryData {
    final String id = UUID.randomUUID().toString();
    /** The key of a run within its project. */
    record RunKey(String project, String key) {}

    /** Held while executions come, go, or change their owner, and while leases change. */
    final ReentrantLock ownership = new ReentrantLock();

    final MemorySettings settings;
    final LeaseTable leases;
    final Map<Long, ExecutionRow> rows = new ConcurrentHashMap<>();
    final Map<RunKey, ExecutionRow> byKey = new ConcurrentHashMap<>();
    final ExecutionIndex index = new ExecutionIndex();
    final Orphans orphans = new Orphans();
    final CommandTable commands = new CommandTable();
    final TimedIndex timed = new TimedIndex();
    final ScheduleTable schedules = new ScheduleTable();
    final BackfillTable backfills = new BackfillTable();
    final NoticeTable notices = new NoticeTable();
    final ProjectTable projects = new ProjectTable();
    final Space space;
    final ContentTable contents;
    final ResourceTable resources;
    final Catalog catalog;

    private long lastExecId;
    private int handles;

    MemoryData(MemorySettings settings) {
        this.settings = settings;
        leases = new LeaseTable(settings.clock());
        space = new Space(settings.logHeap(), settings.spillDirectory());
        contents = new ContentTable(space);
        resources = new ResourceTable(contents);
        catalog = new Catalog(contents);
    }

    /** Returns the next id. Needs the ownership lock. */
    long nextExecId() {
        return ++lastExecId;
    }

    /** Makes a lease lost for good, and its executions claimable. Needs the ownership lock. */
    void lose(LeaseTable.Held held) {
        leases.drop(held);
        for (ExecutionRow row : rows.values()) {
            if (row.owner() == held) {
                // why: taking the lock of the row waits for a commit that saw the lease standing
                row.own(null);
                if (row.wantsOwner()) {
                    orphans.add(row);
                }
            }
        }
    }

    /**
     * Tells whether a final execution should stay as long as there is room: as its backfill has not ended, or as a wait may
     * look at it, being the last whole run of its workflow.
     */
    boolean isNeeded(ExecutionRow row) {
        if (row.submission.type() == ExecutionType.DIRECT) {
            return false;
        }
        OptionalLong backfill = row.submission.occasion().backfillId();
        return backfill.isPresent() && backfills.isOpen(backfill.getAsLong()) || timed.isLastWhole(row);
    }

    /** Removes a final execution and all that belongs to it. Needs the ownership lock. */
    void remove(ExecutionRow row) {
        rows.remove(row.execId);
        row.submission
                .options()
                .idempotencyKey()
                .ifPresent(key -> byKey.remove(new RunKey(row.submission.project(), key), row));
        index.remove(row);
        timed.remove(row);
        notices.removeOf(row.execId);
        row.logs.remove();
        catalog.forget(row.submission.project(), row.submission.workflow());
    }

    void open() {
        ownership.lock();
        try {
            handles++;
        } finally {
            ownership.unlock();
        }
    }

    /** Counts a further handle, given one that must still be open. */
    void openBeside(Handle handle) {
        ownership.lock();
        try {
            handle.check();
            handles++;
        } finally {
            ownership.unlock();
        }
    }

    void close(Handle handle) {
        ownership.lock();
        try {
            if (handle.close() && --handles == 0) {
                rows.clear();
                byKey.clear();
                index.clear();
                timed.clear();
                schedules.clear();
                backfills.clear();
                notices.clear();
                projects.clear();
                orphans.clear();
                commands.clear();
                catalog.clear();
                resources.clear();
                contents.clear();
                leases.clear();
                space.close();
            }
        } finally {
            ownership.unlock();
        }
    }

    /** Whether one handle is open. */
    static final class Handle {
        private volatile boolean closed;

        void check() {
            if (closed) {
                throw new StorageException("this handle on the memory storage is closed", false);
            }
        }

        private boolean close() {
            boolean first = !closed;
            closed = true;
            return first;
        }
    }
}
