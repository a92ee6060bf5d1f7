package dev.remora.storage.memory;

import dev.remora.model.ExecutionCursor;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.Status;
import dev.remora.spi.EndedFilter;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.ExecutionStore.StoredPage;
import dev.remora.spi.RankedPlace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;

/** The executions in the order of lists, and the final ones in the order in which they ended. Its lock is a leaf. */
final class ExecutionIndex {
    private static final Comparator<ExecutionRow> NEWEST_FIRST = Comparator.<ExecutionRow>comparingLong(
                    row -> row.sortTime)
            .thenComparingLong(row -> row.execId)
            .reversed();

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final TreeSet<ExecutionRow> byTime = new TreeSet<>(NEWEST_FIRST);
    private final Set<ExecutionRow> ended = new LinkedHashSet<>();

    void add(ExecutionRow row) {
        lock.writeLock().lock();
        try {
            row.sortTime = sortTime(row, row.state());
            byTime.add(row);
            if (row.isFinal()) {
                ended.add(row);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    void remove(ExecutionRow row) {
        lock.writeLock().lock();
        try {
            byTime.remove(row);
            ended.remove(row);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Follows a change of state. The caller holds the lock of the row. */
    void update(ExecutionRow row, ExecutionState before, ExecutionState after) {
        boolean ends = after.status().isFinal();
        if (before.startedAt() == after.startedAt() && before.status().isFinal() == ends) {
            return;
        }
        lock.writeLock().lock();
        try {
            long time = sortTime(row, after);
            if (time != row.sortTime) {
                byTime.remove(row);
                row.sortTime = time;
                byTime.add(row);
            }
            if (ends) {
                ended.add(row);
            } else {
                ended.remove(row);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Makes a final execution the last to be evicted. */
    void touch(ExecutionRow row) {
        lock.writeLock().lock();
        try {
            if (ended.remove(row)) {
                ended.add(row);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    int size() {
        lock.readLock().lock();
        try {
            return byTime.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    int active() {
        lock.readLock().lock();
        try {
            return byTime.size() - ended.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Returns final executions, those that ended first in front. */
    List<ExecutionRow> firstEnded(int limit) {
        lock.readLock().lock();
        try {
            return ended.stream().limit(limit).toList();
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Lists executions.
     *
     * @param projects of these only; of all if empty
     */
    StoredPage list(ExecutionFilter filter, Optional<Set<String>> projects) {
        Predicate<ExecutionRecord> wanted = FilterMatch.of(filter, projects);
        List<ExecutionRecord> page = new ArrayList<>();
        lock.readLock().lock();
        try {
            boolean all = wanted == FilterMatch.ALL;
            long total = all ? byTime.size() : 0;
            if (all && filter.from() >= total) {
                return new StoredPage(total, page);
            }
            long matched = 0;
            long passed = 0;
            for (ExecutionRow row : byTime) {
                // why: the state is read once, so that a row shows the state by which it was chosen
                ExecutionRecord one = row.toRecord();
                if (!wanted.test(one)) {
                    continue;
                }
                matched++;
                boolean behind = filter.after()
                        .map(place -> place.compareTo(one.place()) < 0)
                        .orElse(true);
                if (behind && passed++ >= filter.from() && page.size() < filter.size()) {
                    page.add(one);
                    if (all && page.size() == filter.size()) {
                        break;
                    }
                }
            }
            return new StoredPage(all ? total : matched, page);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Finds executions that have ended, the oldest first; those of unsaved workflows like all others. */
    List<ExecutionRecord> ended(EndedFilter filter) {
        List<ExecutionRecord> found = new ArrayList<>();
        lock.readLock().lock();
        try {
            NavigableSet<ExecutionRow> oldestFirst = byTime.descendingSet();
            Set<ExecutionRow> rows = filter.behind()
                    .map(place -> oldestFirst.tailSet(ExecutionRow.at(place), false))
                    .orElse(oldestFirst);
            for (ExecutionRow row : rows) {
                ExecutionRecord one = row.toRecord();
                if (found.size() == filter.limit()
                        || filter.before()
                                .filter(place -> one.place().compareTo(place) <= 0)
                                .isPresent()) {
                    break;
                }
                if (filter.matches(one, false)) {
                    found.add(one);
                }
            }
        } finally {
            lock.readLock().unlock();
        }
        return found;
    }

    /** Finds the place of one execution that has ended for each of some workflows, counted from the newest. */
    List<RankedPlace> ranked(List<RankedPlace> workflows, Set<Status> statuses, int rank) {
        Map<Map.Entry<String, String>, Integer> ranks = new HashMap<>();
        Map<Map.Entry<String, String>, ExecutionCursor> places = new HashMap<>();
        workflows.forEach(one -> ranks.put(Map.entry(one.project(), one.workflow()), 0));
        lock.readLock().lock();
        try {
            for (ExecutionRow row : byTime) {
                Map.Entry<String, String> name = Map.entry(row.submission.project(), row.submission.workflow());
                if (ranks.containsKey(name)
                        && statuses.contains(row.state().status())
                        && ranks.merge(name, 1, Integer::sum) == rank) {
                    places.put(name, row.toRecord().place());
                }
            }
        } finally {
            lock.readLock().unlock();
        }
        return workflows.stream()
                .map(one -> new RankedPlace(
                        one.project(),
                        one.workflow(),
                        Optional.ofNullable(places.get(Map.entry(one.project(), one.workflow())))))
                .toList();
    }

    void clear() {
        lock.writeLock().lock();
        try {
            byTime.clear();
            ended.clear();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static long sortTime(ExecutionRow row, ExecutionState state) {
        return state.startedAt() != 0
                ? state.startedAt()
                : row.submission.submitTime().toEpochMilli();
    }
}
