package dev.remora.storage.memory;

import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.Lease;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Stores what executions changed, under nothing but the locks of these executions. */
final class Commits {
    private final MemoryData data;

    Commits(MemoryData data) {
        this.data = data;
    }

    void commit(Lease owner, List<ExecutionChange> changes) {
        if (changes.size() == 1) {
            commitOne(owner, changes.get(0));
        } else {
            commitAll(owner, changes);
        }
    }

    private void commitOne(Lease owner, ExecutionChange change) {
        ExecutionRow row = row(owner, change.execId());
        row.lock.lock();
        try {
            row.prepare(data.leases.standing(owner), change);
            store(row, change);
        } finally {
            row.lock.unlock();
        }
    }

    private void commitAll(Lease owner, List<ExecutionChange> changes) {
        List<ExecutionRow> rows = new ArrayList<>(changes.size());
        for (ExecutionChange change : changes) {
            rows.add(row(owner, change.execId()));
        }
        List<ExecutionRow> ordered = new ArrayList<>(rows);
        ordered.sort(Comparator.comparingLong(row -> row.execId));
        ordered.forEach(row -> row.lock.lock());
        try {
            LeaseTable.Held lease = data.leases.standing(owner);
            for (int i = 0; i < rows.size(); i++) {
                rows.get(i).prepare(lease, changes.get(i));
            }
            for (int i = 0; i < rows.size(); i++) {
                store(rows.get(i), changes.get(i));
            }
        } finally {
            ordered.forEach(row -> row.lock.unlock());
        }
    }

    private ExecutionRow row(Lease owner, long execId) {
        ExecutionRow row = data.rows.get(execId);
        if (row == null) {
            data.leases.standing(owner);
            throw ExecutionRow.notOwned(execId);
        }
        return row;
    }

    private void store(ExecutionRow row, ExecutionChange change) {
        ExecutionState before = row.state();
        row.apply(change);
        data.index.update(row, before, change.state());
        change.notice().ifPresent(end -> data.notices.add(row.execId, end));
    }
}
