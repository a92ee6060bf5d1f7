package dev.remora.storage.memory;

import java.util.Collection;
import java.util.TreeMap;

/** The executions that are not final and have no owner, by id. Guarded by the ownership lock of the data. */
final class Orphans {
    private final TreeMap<Long, ExecutionRow> byId = new TreeMap<>();

    void add(ExecutionRow row) {
        byId.put(row.execId, row);
    }

    void remove(ExecutionRow row) {
        byId.remove(row.execId);
    }

    Collection<ExecutionRow> all() {
        return byId.values();
    }

    void clear() {
        byId.clear();
    }
}
