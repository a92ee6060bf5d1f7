package dev.remora.storage.memory;

import dev.remora.model.PlannedRun;
import dev.remora.spi.BackfillRecord;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The backfills. Its lock is a leaf. */
final class BackfillTable {
    private static final int MOST_ENDED = 10_000;

    private record Entry(BackfillRecord backfill, List<PlannedRun> runs) {}

    private final NavigableMap<Long, Entry> byId = new TreeMap<>();
    private final NavigableMap<Long, Entry> open = new TreeMap<>();
    private long last;

    synchronized long newId() {
        return ++last;
    }

    synchronized void add(BackfillRecord backfill, List<PlannedRun> runs) {
        put(new Entry(backfill, List.copyOf(runs)));
    }

    private void put(Entry entry) {
        byId.put(entry.backfill().id(), entry);
        if (entry.backfill().status().isFinal()) {
            open.remove(entry.backfill().id());
            dropOldest();
        } else {
            open.put(entry.backfill().id(), entry);
        }
    }

    private void dropOldest() {
        if (byId.size() - open.size() > MOST_ENDED) {
            byId.values().stream()
                    .filter(entry -> entry.backfill().status().isFinal())
                    .findFirst()
                    .ifPresent(entry -> byId.remove(entry.backfill().id()));
        }
    }

    synchronized boolean follows(BackfillRecord next) {
        Entry before = byId.get(next.id());
        return before != null && before.backfill().revision() == next.revision() - 1;
    }

    synchronized void replace(BackfillRecord next) {
        put(new Entry(next, byId.get(next.id()).runs()));
    }

    synchronized boolean isOpen(long id) {
        return open.containsKey(id);
    }

    synchronized Optional<BackfillRecord> find(long id) {
        return Optional.ofNullable(byId.get(id)).map(Entry::backfill);
    }

    synchronized List<PlannedRun> runs(long id) {
        return Optional.ofNullable(byId.get(id)).map(Entry::runs).orElse(List.of());
    }

    synchronized List<BackfillRecord> list(String project, long from, int size) {
        return byId.descendingMap().values().stream()
                .map(Entry::backfill)
                .filter(backfill -> backfill.request().project().equals(project))
                .skip(Math.max(0, from))
                .limit(Math.max(0, size))
                .toList();
    }

    synchronized List<BackfillRecord> open(long after, int limit) {
        return open.tailMap(after, false).entrySet().stream()
                .limit(Math.max(0, limit))
                .map(Map.Entry::getValue)
                .map(Entry::backfill)
                .toList();
    }

    synchronized void clear() {
        byId.clear();
        open.clear();
    }
}
