package dev.remora.internal.schedule;

import dev.remora.model.Cause;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.ExecutionType;
import dev.remora.model.OverlapPolicy;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.Lease;
import dev.remora.spi.ScheduleRecord;
import dev.remora.spi.ScheduleState;
import dev.remora.spi.TimedFilter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Scheduled runs that wait for the one before: the oldest has its turn when nothing before it is left. */
final class ScheduleQueue {
    private static final int MOST = 1_000;
    private static final int MOST_TRIES = 10;

    private final Host host;
    private final HeldRuns held;

    ScheduleQueue(Host host, HeldRuns held) {
        this.host = host;
        this.held = held;
    }

    /** Looks for queues that other engines left. */
    void look() {
        record Name(String project, String workflow) {}

        ExecutionFilter.Builder filter = ExecutionFilter.builder()
                .statuses(Status.INIT)
                .types(ExecutionType.SCHEDULER)
                .size(ExecutionFilter.MAX_SIZE);
        Set<Name> names = new LinkedHashSet<>();
        List<ExecutionRecord> page;
        do {
            page = host.storage().executions().list(filter.build()).executions();
            for (ExecutionRecord record : page) {
                filter.after(record.place());
                if (record.state().held()) {
                    names.add(new Name(
                            record.submission().project(), record.submission().workflow()));
                }
            }
        } while (page.size() == ExecutionFilter.MAX_SIZE);
        names.forEach(name -> next(name.project(), name.workflow()));
    }

    /** Gives the next its turn, if it has come. */
    void next(String project, String workflow) {
        int tries = 0;
        while (!tryNext(project, workflow)) {
            if (++tries == MOST_TRIES) {
                host.later(() -> next(project, workflow));
                return;
            }
        }
    }

    /** Returns false if another engine changed something meanwhile. */
    private boolean tryNext(String project, String workflow) {
        Optional<ScheduleRecord> schedule = host.storage().schedules().find(project, workflow);
        OverlapPolicy policy =
                schedule.map(record -> record.schedule().overlap()).orElse(OverlapPolicy.QUEUE);
        List<ExecutionRecord> unfinished = host.storage()
                .executions()
                .timed(TimedFilter.of(project, workflow, MOST)
                        .type(ExecutionType.SCHEDULER)
                        .statuses(HeldRuns.UNFINISHED));
        List<ExecutionRecord> waiting = unfinished.stream()
                .filter(record -> HeldRuns.waitsForTurn(record.state()))
                .toList();
        List<ExecutionRecord> turns = waiting.stream()
                .filter(record -> record.state().status() == Status.INIT)
                // why: one that cannot be read whole cannot start; it waits to be mended or killed, and keeps nobody
                // waiting
                .filter(record -> record.damage().isEmpty())
                .toList();
        if (turns.isEmpty()) {
            return true;
        }
        if (policy == OverlapPolicy.REPLACE) {
            replace(unfinished, turns.get(turns.size() - 1));
            turns = turns.subList(turns.size() - 1, turns.size());
        }
        boolean free = unfinished.size() == waiting.size();
        if (policy == OverlapPolicy.PARALLEL || free) {
            return give(schedule, policy == OverlapPolicy.PARALLEL ? turns : turns.subList(0, 1));
        }
        return true;
    }

    /** All before the newest are killed, whether they run or wait. */
    private void replace(List<ExecutionRecord> unfinished, ExecutionRecord newest) {
        for (ExecutionRecord record : unfinished) {
            if (record.execId() == newest.execId()) {
                continue;
            }
            if (record.state().held()) {
                held.apply(held.end(record, Status.KILL, Cause.REPLACED), () -> {});
            } else if (record.state().cause().filter(Cause.REPLACED::equals).isEmpty()) {
                host.kill(record.execId(), Cause.REPLACED);
            }
        }
    }

    private boolean give(Optional<ScheduleRecord> schedule, List<ExecutionRecord> turns) {
        List<HeldRuns.Planned> planned = new ArrayList<>();
        turns.forEach(record -> planned.add(held.turn(record)));
        if (schedule.isEmpty()) {
            return planned.stream().allMatch(one -> held.apply(one, () -> {}));
        }
        ScheduleRecord record = schedule.get();
        ScheduleState before = record.state();
        ScheduleState next = new ScheduleState(
                before.revision() + 1, before.cursor(), before.nextFireTime(), before.lastFireTime(), before.skipped());
        return host.adopting(() -> {
            Lease lease = host.lease();
            boolean given = host.storage()
                    .schedules()
                    .step(
                            lease,
                            record.schedule().project(),
                            record.schedule().workflow(),
                            next,
                            List.of(),
                            held.changes(planned))
                    .isPresent();
            if (given) {
                held.happened(lease, planned);
            }
            return given;
        });
    }
}
