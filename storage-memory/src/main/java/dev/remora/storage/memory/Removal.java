package dev.remora.storage.memory;

import dev.remora.spi.Purged;
import dev.remora.spi.RetentionStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How executions that have ended go, whether somebody purges them or they have to make room. Every method needs the
 * ownership lock of the data.
 */
final class Removal {
    private record Name(String project, String workflow) {}

    private final MemoryData data;
    private final boolean counts;
    private final long endedUntil;
    private final long mostRows;
    private final List<Long> removed = new ArrayList<>();
    private final List<Long> left = new ArrayList<>();
    private final Map<Name, Long> names = new HashMap<>();
    private final Map<Name, Long> before = new HashMap<>();
    private long nodes;
    private long logLines;

    private Removal(MemoryData data, boolean counts, long endedUntil, long mostRows) {
        this.data = data;
        this.counts = counts;
        this.endedUntil = endedUntil;
        this.mostRows = mostRows;
    }

    /** Removes one batch. */
    static Purged purge(MemoryData data, Collection<ExecutionRow> rows, long endedUntil) {
        return new Removal(data, false, endedUntil, RetentionStore.MOST_ROWS).run(rows);
    }

    /** Counts one batch, and removes nothing. */
    static Purged count(MemoryData data, Collection<ExecutionRow> rows, long endedUntil) {
        return new Removal(data, true, endedUntil, RetentionStore.MOST_ROWS).run(rows);
    }

    /** Makes room. */
    static void evict(MemoryData data, Collection<ExecutionRow> rows) {
        new Removal(data, false, Long.MAX_VALUE, Long.MAX_VALUE).run(rows);
    }

    private Purged run(Collection<ExecutionRow> rows) {
        for (ExecutionRow row : rows) {
            if (!left.isEmpty() || !removed.isEmpty() && isFull(row)) {
                left.add(row.execId);
            } else if (take(row)) {
                removed.add(row.execId);
                note(row);
                if (!counts) {
                    data.remove(row);
                }
            }
        }
        if (!counts && !removed.isEmpty() && !data.commands.isEmpty()) {
            data.commands.removeOf(new HashSet<>(removed));
        }
        return new Purged(removed, left, nodes, logLines, loose());
    }

    private boolean isFull(ExecutionRow row) {
        return nodes + logLines + row.nodeCount() + row.logs.lines() > mostRows;
    }

    /** Takes a row from its owner, if it has ended. */
    private boolean take(ExecutionRow row) {
        row.lock.lock();
        try {
            if (!row.isFinal() || row.state().endedAt() > endedUntil) {
                return false;
            }
            if (!counts) {
                row.own(null);
            }
            nodes += row.nodeCount();
            logLines += row.logs.lines();
            return true;
        } finally {
            row.lock.unlock();
        }
    }

    private void note(ExecutionRow row) {
        Name name = new Name(row.submission.project(), row.submission.workflow());
        if (!before.containsKey(name)) {
            OptionalLong executions = data.catalog.looseExecutions(name.project(), name.workflow());
            before.put(name, executions.orElse(-1));
        }
        names.merge(name, 1L, Long::sum);
    }

    private List<Purged.Loose> loose() {
        List<Purged.Loose> loose = new ArrayList<>();
        Set<Map.Entry<Name, Long>> entries = names.entrySet();
        for (Map.Entry<Name, Long> entry : entries) {
            Name name = entry.getKey();
            if (before.get(name) >= 0) {
                loose.add(new Purged.Loose(name.project(), name.workflow(), before.get(name) - entry.getValue()));
            }
        }
        return loose;
    }
}
