package dev.remora.internal.schedule;

import dev.remora.model.ExecutionFilter;
import dev.remora.model.ExecutionType;
import dev.remora.model.RetentionRule;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.Occasion;
import dev.remora.spi.ScheduleRecord;
import dev.remora.spi.Storage;
import dev.remora.spi.Submission;
import dev.remora.spi.TimedFilter;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which executions that have ended are needed still (Q16): by a backfill that has not ended, or by a wait. A wait looks at
 * the whole timed runs of a workflow behind some time, and at the last one up to it; so of each workflow those from the last
 * one up to the earliest such time on are needed. Where nobody waits, that is the last one.
 *
 * <p>What it has found out it keeps: for one purge, used by one thread.
 */
public final class NeededRuns {
    private static final int PAGE = 1_000;

    private record Name(String project, String workflow) {}

    private final Storage storage;
    private final Map<Long, Boolean> openBackfills = new HashMap<>();
    /** Of each project, of each workflow that is waited for, the earliest time behind which somebody looks. */
    private final Map<String, Map<String, Instant>> waitedFor = new HashMap<>();
    /** Of each workflow the first schedule time that is needed. */
    private final Map<Name, Instant> needed = new HashMap<>();

    public NeededRuns(Storage storage) {
        this.storage = storage;
    }

    /** Tells whether an execution that has ended is needed. */
    public boolean contains(ExecutionRecord ended) {
        Submission submission = ended.submission();
        if (submission.type() == ExecutionType.DIRECT) {
            return false;
        }
        OptionalLong backfill = submission.occasion().backfillId();
        if (ended.damage().isPresent() && submission.type() == ExecutionType.COMPLEMENT_DATA) {
            // why: its backfill may be what cannot be read
            return true;
        }
        if (backfill.isPresent() && openBackfills.computeIfAbsent(backfill.getAsLong(), this::isOpen)) {
            return true;
        }
        Instant first =
                needed.computeIfAbsent(new Name(submission.project(), submission.workflow()), this::firstNeeded);
        return !submission.scheduleTime().isBefore(first);
    }

    private boolean isOpen(long id) {
        return storage.backfills()
                .find(id)
                .filter(backfill -> !backfill.status().isFinal())
                .isPresent();
    }

    private Instant firstNeeded(Name name) {
        Optional<Instant> behind = Optional.ofNullable(
                waitedFor.computeIfAbsent(name.project(), this::waitedForIn).get(name.workflow()));
        TimedFilter ended = TimedFilter.of(name.project(), name.workflow(), PAGE)
                .statuses(RetentionRule.ENDS.toArray(Status[]::new))
                .fromTheLatest();
        List<ExecutionRecord> latest =
                storage.executions().timed(behind.map(ended::until).orElse(ended));
        return latest.stream()
                .filter(WaitState::isWhole)
                .findFirst()
                .map(run -> run.submission().scheduleTime())
                .or(() -> behind)
                .orElse(Instant.MAX);
    }

    private Map<String, Instant> waitedForIn(String project) {
        Map<String, Instant> earliest = new HashMap<>();
        addSchedules(project, earliest);
        addWaiting(project, earliest);
        return earliest;
    }

    private void addSchedules(String project, Map<String, Instant> earliest) {
        List<ScheduleRecord> page;
        long from = 0;
        do {
            page = storage.schedules().list(project, from, PAGE);
            for (ScheduleRecord record : page) {
                if (record.schedule().online()) {
                    Instant behind = lookedAtNext(record);
                    record.schedule().waitFor().forEach(workflow -> add(earliest, workflow, behind));
                }
            }
            from += page.size();
        } while (page.size() == PAGE);
    }

    /** Behind which time the next run of a schedule looks: the fire time before, whether it fired or not. */
    private static Instant lookedAtNext(ScheduleRecord record) {
        Instant cursor = record.state().cursor();
        Instant before = WaitState.times(record).unbounded().last(cursor).orElse(cursor);
        Instant fired = record.state().lastFireTime().orElse(cursor);
        return before.isBefore(fired) ? before : fired;
    }

    private void addWaiting(String project, Map<String, Instant> earliest) {
        ExecutionFilter.Builder filter = ExecutionFilter.builder()
                .project(project)
                .statuses(Status.INIT, Status.WAITING_DEP, Status.PAUSED)
                .size(ExecutionFilter.MAX_SIZE);
        List<ExecutionRecord> page;
        do {
            page = storage.executions().list(filter.build()).executions();
            for (ExecutionRecord record : page) {
                for (Occasion.Wait wait : record.submission().occasion().waits()) {
                    add(earliest, wait.workflow(), lookedAtBehind(record.submission(), wait));
                }
            }
            if (!page.isEmpty()) {
                filter.after(page.get(page.size() - 1).place());
            }
        } while (page.size() == ExecutionFilter.MAX_SIZE);
    }

    private static Instant lookedAtBehind(Submission waiting, Occasion.Wait wait) {
        return wait.period() == Occasion.Period.PREVIOUS
                ? waiting.scheduleTime().minusNanos(1)
                : waiting.occasion().previousTime().orElse(Instant.EPOCH);
    }

    private static void add(Map<String, Instant> earliest, String workflow, Instant time) {
        earliest.merge(workflow, time, (one, other) -> one.isBefore(other) ? one : other);
    }
}
