package dev.remora.internal.schedule;

import dev.remora.Backfills;
import dev.remora.error.LimitExceededException;
import dev.remora.error.NotFoundException;
import dev.remora.error.Problem;
import dev.remora.error.StorageException;
import dev.remora.error.ValidationException;
import dev.remora.model.Backfill;
import dev.remora.model.BackfillOrder;
import dev.remora.model.BackfillProgress;
import dev.remora.model.BackfillRequest;
import dev.remora.model.BackfillScope;
import dev.remora.model.BackfillStatus;
import dev.remora.model.Limit;
import dev.remora.model.PlannedRun;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Schedule;
import dev.remora.model.Status;
import dev.remora.spi.BackfillRecord;
import dev.remora.spi.BackfillStore;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.NewExecution;
import dev.remora.spi.ScheduleRecord;
import dev.remora.spi.Submission;
import dev.remora.spi.TimedFilter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The backfills, on behalf of one user. */
public final class BackfillService implements Backfills {
    private static final int MOST_PARALLEL = 10_000;
    private static final int MOST_TRIES = 100;

    private final Host host;
    private final TimeKeeper keeper;
    private final Requests requests;
    private final String user;

    public BackfillService(Host host, TimeKeeper keeper, Requests requests, String user) {
        this.host = host;
        this.keeper = keeper;
        this.requests = requests;
        this.user = user;
    }

    /** What a request comes to. */
    private record Work(
            SavedWorkflow workflow, ZoneId zone, FireTimes times, Optional<Schedule> waits, List<Instant> planned) {}

    @Override
    public List<Instant> plan(BackfillRequest request) {
        return work(request).planned();
    }

    @Override
    public Backfill start(BackfillRequest request) {
        Work work = work(request);
        Instant now = Instant.ofEpochMilli(host.now());
        BackfillRecord record = new BackfillRecord(
                store().newId(), request, work.workflow().version(), user, now, 1, BackfillStatus.RUNNING);
        List<NewExecution> executions = new ArrayList<>(work.planned().size());
        for (Instant time : work.planned()) {
            Submission submission = submission(request, record.id(), work, time, now);
            ExecutionState state = ExecutionState.accepted(submission.version()).held(Status.INIT, 0, 0);
            executions.add(new NewExecution(submission, state));
        }
        List<PlannedRun> runs = store().create(host.lease(), record, executions);
        for (int i = 0; i < runs.size(); i++) {
            keeper.held().created(runs.get(i).execId(), host.lease(), executions.get(i));
        }
        keeper.backfill(record.id());
        return view(record, runs);
    }

    private Submission submission(BackfillRequest request, long id, Work work, Instant time, Instant now) {
        Optional<Instant> previous =
                work.waits().isEmpty() ? Optional.empty() : work.times().last(time.minusSeconds(1));
        return Submissions.backfilled(
                request, id, work.workflow(), work.zone(), work.waits(), previous, time, now, user);
    }

    private Work work(BackfillRequest request) {
        requests.requireOpen();
        requests.checkOptions(request.project(), request.workflow(), request.options());
        Optional<Schedule> schedule = host.storage()
                .schedules()
                .find(request.project(), request.workflow())
                .map(ScheduleRecord::schedule);
        ZoneId zone = request.zone().or(() -> schedule.flatMap(Schedule::zone)).orElse(host.zone());
        FireTimes times = check(request, schedule, zone);
        SavedWorkflow workflow = host.storage()
                .workflows()
                .latest(request.project(), request.workflow())
                .orElseThrow(() -> NotFoundException.workflow(request.project(), request.workflow()));
        List<Instant> planned = planned(request, times);
        Work work = new Work(workflow, zone, times, schedule.filter(one -> request.waits()), planned);
        host.check(workflow, submission(request, 0, work, planned.get(0), planned.get(0)));
        return work;
    }

    private FireTimes check(BackfillRequest request, Optional<Schedule> schedule, ZoneId zone) {
        List<Problem> problems = new ArrayList<>();
        Optional<FireTimes> times = request.cron()
                .or(() -> schedule.map(Schedule::cron))
                .flatMap(cron -> ScheduleCheck.times(cron, zone, Optional.empty(), Optional.empty(), problems));
        if (request.cron().isEmpty() && schedule.isEmpty()) {
            problems.add(new Problem("cron", "is missing, and the workflow has no schedule"));
        }
        if (request.to().isBefore(request.from())) {
            problems.add(new Problem("to", "is " + request.to() + ", before from, " + request.from()));
        }
        if (request.parallel() < 1 || request.parallel() > MOST_PARALLEL) {
            problems.add(new Problem("parallel", "is " + request.parallel() + "; it must be 1 to " + MOST_PARALLEL));
        }
        ScheduleCheck.attempts(request.attempts(), problems);
        ScheduleCheck.options(request.options(), problems);
        if (request.waits() && schedule.isEmpty()) {
            problems.add(new Problem("waits", "is set, but the workflow has no schedule that says for what"));
        }
        if (request.waits()
                && request.order() == BackfillOrder.DESCENDING
                && schedule.filter(Schedule::waitForPrevious).isPresent()) {
            problems.add(new Problem(
                    "order", "is DESCENDING, but each run waits for the one before it; use ASCENDING, or no waits"));
        }
        ScheduleCheck.throwIfAny("backfill of " + request.workflow(), problems);
        return times.orElseThrow();
    }

    /** The times of the range that are to be done, in their order. */
    private List<Instant> planned(BackfillRequest request, FireTimes times) {
        long bound = host.limit(Limit.BACKFILL_TIMES);
        Instant from = request.from().isBefore(Instant.EPOCH) ? Instant.EPOCH : request.from();
        List<Instant> all = times.within(from, request.to(), bound + 1);
        if (all.isEmpty()) {
            throw ValidationException.of(
                    "backfill of " + request.workflow(),
                    "cron",
                    "does not fire between " + request.from() + " and " + request.to());
        }
        if (all.size() > bound) {
            throw new LimitExceededException(
                    Limit.BACKFILL_TIMES,
                    bound,
                    "the backfill of " + request.workflow() + " has " + all.size() + " times or more");
        }
        List<Instant> wanted = new ArrayList<>(wanted(request, all));
        if (wanted.isEmpty()) {
            throw ValidationException.of(
                    "backfill of " + request.workflow(),
                    "scope",
                    "is " + request.scope() + ", and none of the " + all.size() + " times is left to do");
        }
        if (request.order() == BackfillOrder.DESCENDING) {
            Collections.reverse(wanted);
        }
        return wanted;
    }

    /** What has an active run is left out; else the last run of the same selection decides (F49). */
    private List<Instant> wanted(BackfillRequest request, List<Instant> all) {
        Map<Instant, Status> last = new HashMap<>();
        Set<Instant> active = new HashSet<>();
        Instant start = all.get(0);
        Instant end = all.get(all.size() - 1);
        TimedRuns page;
        do {
            page = TimedRuns.between(host.storage(), request.project(), request.workflow(), start, end);
            for (ExecutionRecord run : page.runs()) {
                Instant time = run.submission().scheduleTime();
                if (!run.state().status().isFinal()) {
                    active.add(time);
                }
                if (isSameSelection(request, run)) {
                    last.put(time, run.state().status());
                }
            }
            start = page.more() ? page.next() : end;
        } while (page.more());
        return all.stream()
                .filter(time -> !active.contains(time))
                .filter(time -> isWanted(request.scope(), Optional.ofNullable(last.get(time))))
                .toList();
    }

    private static boolean isSameSelection(BackfillRequest request, ExecutionRecord run) {
        return run.submission().options().nodes().equals(request.options().nodes())
                && (request.options().nodes().isEmpty()
                        || run.submission().options().nodeDependency()
                                == request.options().nodeDependency());
    }

    private static boolean isWanted(BackfillScope scope, Optional<Status> last) {
        return switch (scope) {
            case ALL -> true;
            case MISSING -> last.isEmpty();
            case FAILED -> last.filter(status -> status != Status.SUCCESS).isPresent();
        };
    }

    @Override
    public Optional<Backfill> find(long id) {
        return store().find(id).map(record -> view(record, store().runs(id)));
    }

    @Override
    public List<Backfill> list(String project, long from, int size) {
        requests.checkPage("backfill list", from, size);
        if (size > 100) {
            throw ValidationException.of("backfill list", "size", "is " + size + "; it must be 1 to 100");
        }
        return store().list(project, from, size).stream()
                .map(record -> view(record, store().runs(record.id())))
                .toList();
    }

    private static Backfill view(BackfillRecord record, List<PlannedRun> runs) {
        return new Backfill(
                record.id(),
                record.request(),
                record.version(),
                record.user(),
                record.createTime(),
                record.status(),
                runs);
    }

    @Override
    public BackfillProgress progress(long id) {
        BackfillRecord record = record(id);
        int total = store().runs(id).size();
        List<ExecutionRecord> runs = host.storage()
                .executions()
                .timed(TimedFilter.of(
                                record.request().project(), record.request().workflow(), Integer.MAX_VALUE)
                        .backfill(id));
        int waiting = 0;
        int active = 0;
        int succeeded = 0;
        for (ExecutionRecord run : runs) {
            Status status = run.state().status();
            if (status == Status.SUCCESS) {
                succeeded++;
            } else if (HeldRuns.waitsForTurn(run.state())) {
                waiting++;
            } else if (!status.isFinal()) {
                active++;
            }
        }
        int failed = runs.size() - waiting - active - succeeded;
        return new BackfillProgress(record.status(), total, waiting, active, succeeded, failed, total - runs.size());
    }

    @Override
    public void pause(long id) {
        change(id, status -> status == BackfillStatus.RUNNING ? BackfillStatus.PAUSED : status);
    }

    @Override
    public void resume(long id) {
        change(id, status -> status == BackfillStatus.PAUSED ? BackfillStatus.RUNNING : status);
    }

    @Override
    public void cancel(long id) {
        change(id, status -> status.isFinal() ? status : BackfillStatus.CANCELLING);
    }

    private void change(long id, UnaryOperator<BackfillStatus> work) {
        requests.requireOpen();
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            BackfillRecord record = record(id);
            BackfillStatus next = work.apply(record.status());
            if (next == record.status()) {
                return;
            }
            if (store().step(host.lease(), record.next(next), List.of())) {
                keeper.backfill(id);
                return;
            }
        }
        throw new StorageException("backfill " + id + " was changed again and again meanwhile", true);
    }

    private BackfillRecord record(long id) {
        return store().find(id).orElseThrow(() -> NotFoundException.backfill(id));
    }

    private BackfillStore store() {
        return host.storage().backfills();
    }
}
