package dev.remora.internal.schedule;

import dev.remora.model.Cause;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.Status;
import dev.remora.spi.EngineClock;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.Occasion;
import dev.remora.spi.Submission;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The runs that wait for other workflows, as far as this engine knows of them: of those it created itself at once, of the
 * others by looking. Used by one thread.
 */
final class Waiters {
    /** How many waits one look works out; the others have their turn with the next. */
    private static final int LOOKED_AT_ONCE = 500;

    private record Name(String project, String workflow) {}

    private record Waiter(Submission submission, EngineClock.Alarm alarm) {}

    private final Host host;
    private final HeldRuns held;
    private final Map<Long, Waiter> waiters = new LinkedHashMap<>();
    private final Map<Name, Set<Long>> byDependency = new HashMap<>();

    Waiters(Host host, HeldRuns held) {
        this.host = host;
        this.held = held;
    }

    boolean isEmpty() {
        return waiters.isEmpty();
    }

    /** A run waits from now on; perhaps for something that has come already. */
    void watch(ExecutionRecord record) {
        add(record);
        workOut(record.execId());
    }

    private void add(ExecutionRecord record) {
        long execId = record.execId();
        forget(execId);
        EngineClock.Alarm alarm = host.at(record.state().deadlineAt(), () -> host.later(() -> workOut(execId)));
        waiters.put(execId, new Waiter(record.submission(), alarm));
        names(record.submission())
                .forEach(name -> byDependency
                        .computeIfAbsent(name, key -> new HashSet<>())
                        .add(execId));
    }

    private void forget(long execId) {
        Waiter waiter = waiters.remove(execId);
        if (waiter == null) {
            return;
        }
        waiter.alarm().cancel();
        for (Name name : names(waiter.submission())) {
            Set<Long> ids = byDependency.get(name);
            if (ids != null && ids.remove(execId) && ids.isEmpty()) {
                byDependency.remove(name);
            }
        }
    }

    private static List<Name> names(Submission submission) {
        return submission.occasion().waits().stream()
                .map(Occasion.Wait::workflow)
                .map(workflow -> new Name(submission.project(), workflow))
                .distinct()
                .toList();
    }

    /** Something happened to a workflow: a run of it ended, or a fire time of it was passed over. */
    void changed(String project, String workflow) {
        Set<Long> waiting = byDependency.get(new Name(project, workflow));
        if (waiting != null) {
            List.copyOf(waiting).forEach(this::workOut);
        }
    }

    /** Learns of those that other engines created, and looks again at some. */
    void look() {
        Set<Long> stored = new HashSet<>();
        ExecutionFilter.Builder filter =
                ExecutionFilter.builder().statuses(Status.WAITING_DEP).size(ExecutionFilter.MAX_SIZE);
        List<ExecutionRecord> page;
        do {
            page = host.storage().executions().list(filter.build()).executions();
            for (ExecutionRecord record : page) {
                stored.add(record.execId());
                if (!waiters.containsKey(record.execId())) {
                    add(record);
                }
            }
            if (!page.isEmpty()) {
                filter.after(page.get(page.size() - 1).place());
            }
        } while (page.size() == ExecutionFilter.MAX_SIZE);
        List.copyOf(waiters.keySet()).stream()
                .filter(execId -> !stored.contains(execId))
                .forEach(this::forget);
        lookAgain();
    }

    /** Looks at those that were not looked at for the longest time. */
    void lookAgain() {
        List<Long> oldest = waiters.keySet().stream().limit(LOOKED_AT_ONCE).toList();
        for (long execId : oldest) {
            Waiter waiter = waiters.remove(execId);
            waiters.put(execId, waiter);
            workOut(execId);
        }
    }

    private void workOut(long execId) {
        Optional<ExecutionRecord> found = host.storage()
                .executions()
                .find(execId)
                .filter(record -> record.state().status() == Status.WAITING_DEP);
        if (found.isEmpty()) {
            forget(execId);
            return;
        }
        ExecutionRecord record = found.get();
        if (!waiters.containsKey(execId)) {
            add(record);
        }
        // why: what one that cannot be read whole waits for is not known, but for how long is
        WaitState state =
                record.damage().isPresent() ? WaitState.OPEN : WaitState.of(host.storage(), record.submission());
        switch (state) {
            case MET -> held.apply(held.release(record), () -> forget(execId));
            case FAILED -> fail(record, Cause.WAIT_FAILED);
            case OPEN -> {
                if (host.now() >= record.state().deadlineAt()) {
                    fail(record, Cause.WAIT_TIMEOUT);
                }
            }
        }
    }

    private void fail(ExecutionRecord record, Cause cause) {
        held.apply(held.end(record, Status.DEP_FAILED, cause), () -> forget(record.execId()));
    }
}
