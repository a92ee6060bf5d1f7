package dev.remora.storage.memory;

import dev.remora.model.ExecutionType;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.TimedFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The scheduled and backfilled executions of each workflow, by schedule time. Its lock is a leaf. */
final class TimedIndex {
    private record Name(String project, String workflow) {}

    private record Place(Instant time, long execId) {
        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::time).thenComparingLong(Place::execId);
    }

    private final Map<Name, NavigableMap<Place, ExecutionRow>> workflows = new HashMap<>();

    synchronized void add(ExecutionRow row) {
        if (row.submission.type() != ExecutionType.DIRECT) {
            workflows
                    .computeIfAbsent(name(row), name -> new TreeMap<>(Place.ORDER))
                    .put(place(row), row);
        }
    }

    synchronized void remove(ExecutionRow row) {
        NavigableMap<Place, ExecutionRow> rows = workflows.get(name(row));
        if (rows != null) {
            rows.remove(place(row));
            if (rows.isEmpty()) {
                workflows.remove(name(row));
            }
        }
    }

    /** Tells whether a row is the last of its workflow, by schedule time, that has ended and ran all nodes. */
    synchronized boolean isLastWhole(ExecutionRow row) {
        NavigableMap<Place, ExecutionRow> rows = workflows.get(name(row));
        if (rows == null) {
            return false;
        }
        for (ExecutionRow later : rows.tailMap(place(row), true).descendingMap().values()) {
            if (later.isFinal() && later.submission.options().nodes().isEmpty()) {
                return later == row;
            }
        }
        return false;
    }

    synchronized List<ExecutionRecord> find(TimedFilter filter) {
        NavigableMap<Place, ExecutionRow> rows = workflows.get(new Name(filter.project(), filter.workflow()));
        List<ExecutionRecord> found = new ArrayList<>();
        if (rows == null) {
            return found;
        }
        if (filter.from().isPresent()) {
            rows = rows.tailMap(new Place(filter.from().get(), Long.MIN_VALUE), true);
        }
        for (ExecutionRow row :
                (filter.latestFirst() ? upTo(rows, filter).descendingMap() : upTo(rows, filter)).values()) {
            if (found.size() >= filter.limit()) {
                break;
            }
            // why: the state is read once, so that a row shows the state by which it was chosen
            ExecutionRecord one = row.toRecord();
            if (filter.matches(one)) {
                found.add(one);
            }
        }
        return found;
    }

    private static NavigableMap<Place, ExecutionRow> upTo(NavigableMap<Place, ExecutionRow> rows, TimedFilter filter) {
        return filter.to()
                .map(to -> rows.headMap(new Place(to, Long.MAX_VALUE), true))
                .orElse(rows);
    }

    synchronized void clear() {
        workflows.clear();
    }

    private static Name name(ExecutionRow row) {
        return new Name(row.submission.project(), row.submission.workflow());
    }

    private static Place place(ExecutionRow row) {
        return new Place(row.submission.scheduleTime(), row.execId);
    }
}
