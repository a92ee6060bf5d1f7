package dev.remora.storage.memory;

import dev.remora.spi.ScheduleRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The schedules, by name and by their next fire times. Its lock is a leaf. */
final class ScheduleTable {
    private record Due(Instant time, String project, String workflow) {}

    private static final Comparator<Due> EARLIEST =
            Comparator.comparing(Due::time).thenComparing(Due::project).thenComparing(Due::workflow);

    private final Map<String, TreeMap<String, ScheduleRecord>> projects = new TreeMap<>();
    private final TreeSet<Due> upcoming = new TreeSet<>(EARLIEST);

    /** Stores a record in place of the one before it, if that has the revision before. */
    synchronized boolean put(ScheduleRecord record) {
        String project = record.schedule().project();
        String workflow = record.schedule().workflow();
        Optional<ScheduleRecord> before = find(project, workflow);
        if (before.map(one -> one.state().revision()).orElse(0L)
                != record.state().revision() - 1) {
            return false;
        }
        before.flatMap(ScheduleTable::due).ifPresent(upcoming::remove);
        projects.computeIfAbsent(project, name -> new TreeMap<>()).put(workflow, record);
        due(record).ifPresent(upcoming::add);
        return true;
    }

    synchronized Optional<ScheduleRecord> find(String project, String workflow) {
        return Optional.ofNullable(projects.get(project)).map(names -> names.get(workflow));
    }

    synchronized List<ScheduleRecord> list(String project, long from, int size) {
        return projects.getOrDefault(project, new TreeMap<>()).values().stream()
                .skip(Math.max(0, from))
                .limit(Math.max(0, size))
                .toList();
    }

    synchronized boolean delete(String project, String workflow) {
        Optional<ScheduleRecord> before = find(project, workflow);
        before.flatMap(ScheduleTable::due).ifPresent(upcoming::remove);
        before.ifPresent(record -> projects.get(project).remove(workflow));
        return before.isPresent();
    }

    synchronized List<ScheduleRecord> upcoming(int limit) {
        return upcoming.stream()
                .limit(Math.max(0, limit))
                .map(due -> projects.get(due.project()).get(due.workflow()))
                .toList();
    }

    synchronized void clear() {
        projects.clear();
        upcoming.clear();
    }

    private static Optional<Due> due(ScheduleRecord record) {
        return record.state()
                .nextFireTime()
                .map(time -> new Due(
                        time, record.schedule().project(), record.schedule().workflow()));
    }
}
