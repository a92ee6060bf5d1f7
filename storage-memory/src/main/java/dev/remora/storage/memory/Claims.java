package dev.remora.storage.memory;

import dev.remora.spi.Lease;
import dev.remora.spi.WorkflowVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who owns what. Every method needs the ownership lock of the data. */
final class Claims {
    private final MemoryData data;

    Claims(MemoryData data) {
        this.data = data;
    }

    List<Long> claim(Lease owner, int limit, Set<WorkflowVersion> passedOver) {
        LeaseTable.Held held = data.leases.standing(owner);
        Set<LeaseTable.Held> losers = new HashSet<>();
        List<Long> claimed = new ArrayList<>();
        for (ExecutionRow row : claimable(held, limit, passedOver)) {
            row.lock.lock();
            try {
                LeaseTable.Held before = row.owner();
                // why: a commit that began before its lease was over may have made it final meanwhile
                if (row.wantsOwner()) {
                    row.own(held);
                    claimed.add(row.execId);
                    if (before == null) {
                        data.orphans.remove(row);
                    } else {
                        losers.add(before);
                    }
                }
            } finally {
                row.lock.unlock();
            }
        }
        losers.forEach(data::lose);
        return claimed;
    }

    private List<ExecutionRow> claimable(LeaseTable.Held claimer, int limit, Set<WorkflowVersion> passedOver) {
        if (limit <= 0) {
            return List.of();
        }
        Set<LeaseTable.Held> over = data.leases.over();
        if (over.isEmpty()) {
            return data.orphans.all().stream()
                    .filter(row -> !passedOver.contains(row.version()))
                    .limit(limit)
                    .toList();
        }
        List<ExecutionRow> found = new ArrayList<>(data.orphans.all());
        for (ExecutionRow row : data.rows.values()) {
            LeaseTable.Held owner = row.owner();
            // why: the claimer's own lease stood a moment ago, so it does not lose anything to itself
            if (owner != null && owner != claimer && over.contains(owner) && row.wantsOwner()) {
                found.add(row);
            }
        }
        found.removeIf(row -> passedOver.contains(row.version()));
        found.sort(Comparator.comparingLong(row -> row.execId));
        return found.subList(0, Math.min(limit, found.size()));
    }

    boolean claimFinal(Lease owner, long execId) {
        LeaseTable.Held held = data.leases.standing(owner);
        ExecutionRow row = data.rows.get(execId);
        if (row == null) {
            return false;
        }
        row.lock.lock();
        try {
            if (!row.isFinal()) {
                return false;
            }
            row.own(held);
            // why: it is about to run again and should not be evicted before that is written
            data.index.touch(row);
            return true;
        } finally {
            row.lock.unlock();
        }
    }

    void release(Lease owner, Collection<Long> execIds) {
        LeaseTable.Held held = data.leases.find(owner);
        if (held == null) {
            return;
        }
        for (Long execId : execIds) {
            ExecutionRow row = data.rows.get(execId);
            if (row != null && row.owner() == held) {
                row.own(null);
                if (row.wantsOwner()) {
                    data.orphans.add(row);
                }
            }
        }
    }
}
