package dev.remora.internal.schedule;

import dev.remora.error.RemoraException;
import dev.remora.error.StorageException;
import dev.remora.error.ValidationException;
import dev.remora.event.ScheduleEvent;
import dev.remora.model.Cause;
import dev.remora.model.ExecutionType;
import dev.remora.model.Limit;
import dev.remora.model.OverlapPolicy;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Schedule;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.Lease;
import dev.remora.spi.NewExecution;
import dev.remora.spi.ScheduleRecord;
import dev.remora.spi.ScheduleState;
import dev.remora.spi.Submission;
import dev.remora.spi.TimedFilter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets schedules fire. Of several engines that try, the storage lets one. */
final class ScheduleDriver {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleDriver.class);

    private final Host host;
    private final HeldRuns held;
    private final ScheduleQueue queue;

    ScheduleDriver(Host host, HeldRuns held, ScheduleQueue queue) {
        this.host = host;
        this.held = held;
        this.queue = queue;
    }

    /** What a schedule does with its due fire times. */
    private static final class Firing {
        private final List<NewExecution> created = new ArrayList<>();
        private final List<ScheduleEvent.PassedOver> passedOver = new ArrayList<>();
        private Optional<Instant> last;

        private Firing(Optional<Instant> last) {
            this.last = last;
        }

        private long skipped() {
            return passedOver.stream()
                    .mapToLong(ScheduleEvent.PassedOver::count)
                    .sum();
        }
    }

    /**
     * Deals with the fire times that have come.
     *
     * @return whether it did, or some other engine; false if nothing has changed
     */
    boolean fire(ScheduleRecord record) {
        Schedule schedule = record.schedule();
        Instant now = Instant.ofEpochMilli(host.now());
        ZoneId zone = schedule.zone().orElse(host.zone());
        FireTimes times = FireTimes.of(schedule.cron(), zone, schedule.start(), schedule.end());
        Optional<SavedWorkflow> workflow = host.storage().workflows().latest(schedule.project(), schedule.workflow());
        if (workflow.isEmpty()) {
            LOG.warn(
                    "workflow {} in project {} is gone; its schedule fires no more",
                    schedule.workflow(),
                    schedule.project());
            return step(
                    record,
                    state(record, record.state().cursor(), Optional.empty(), new Firing(Optional.empty())),
                    List.of());
        }
        DueTimes due = DueTimes.of(times, record.state().cursor(), now, schedule.misfire());
        Firing firing = new Firing(record.state().lastFireTime());
        if (due.missed() > 0) {
            firing.passedOver.add(new ScheduleEvent.PassedOver(
                    schedule.project(),
                    schedule.workflow(),
                    now,
                    due.firstMissed().orElseThrow(),
                    due.lastMissed().orElseThrow(),
                    due.missed(),
                    ScheduleEvent.Reason.MISSED));
        }
        decide(schedule, due.fire(), time -> submission(schedule, workflow.get(), zone, times, time, now), now, firing);
        ScheduleState next = state(record, due.cursor(), times.next(due.cursor()), firing);
        if (!step(record, next, firing.created)) {
            LOG.debug("another engine deals with {}", schedule.workflow());
            return false;
        }
        firing.passedOver.forEach(host::tell);
        if (schedule.overlap() == OverlapPolicy.REPLACE) {
            queue.next(schedule.project(), schedule.workflow());
        }
        return true;
    }

    private static ScheduleState state(ScheduleRecord record, Instant cursor, Optional<Instant> next, Firing firing) {
        return new ScheduleState(
                record.state().revision() + 1,
                cursor,
                next,
                firing.last,
                record.state().skipped() + firing.skipped());
    }

    private static Submission submission(
            Schedule schedule, SavedWorkflow workflow, ZoneId zone, FireTimes times, Instant time, Instant now) {
        Optional<Instant> previous = schedule.waitFor().isEmpty()
                ? Optional.empty()
                : times.unbounded().last(time.minusSeconds(1));
        return Submissions.scheduled(schedule, workflow, zone, previous, time, now);
    }

    /** Makes a submission for a fire time. */
    @FunctionalInterface
    private interface Maker {
        Submission at(Instant time);
    }

    private void decide(Schedule schedule, List<Instant> due, Maker maker, Instant now, Firing firing) {
        if (due.isEmpty()) {
            return;
        }
        int busy = schedule.overlap() == OverlapPolicy.PARALLEL ? 0 : unfinished(schedule);
        for (int i = 0; i < due.size(); i++) {
            Instant time = due.get(i);
            boolean lastOne = i == due.size() - 1;
            if (busy == 0 && (schedule.overlap() != OverlapPolicy.REPLACE || lastOne)) {
                firing.created.add(begun(maker.at(time)));
                busy = schedule.overlap() == OverlapPolicy.PARALLEL ? 0 : 1;
                firing.last = Optional.of(time);
            } else if (schedule.overlap() == OverlapPolicy.QUEUE && busy <= host.limit(Limit.QUEUED_RUNS)
                    || schedule.overlap() == OverlapPolicy.REPLACE && lastOne) {
                Submission submission = maker.at(time);
                firing.created.add(new NewExecution(
                        submission,
                        ExecutionState.accepted(submission.version()).held(Status.INIT, 0, 0)));
                busy++;
                firing.last = Optional.of(time);
            } else {
                boolean full = schedule.overlap() == OverlapPolicy.QUEUE;
                if (full) {
                    LOG.warn(
                            "{} runs of {} wait for the one before; {} is passed over",
                            host.limit(Limit.QUEUED_RUNS),
                            schedule.workflow(),
                            time);
                }
                firing.passedOver.add(new ScheduleEvent.PassedOver(
                        schedule.project(),
                        schedule.workflow(),
                        now,
                        time,
                        time,
                        1,
                        full ? ScheduleEvent.Reason.QUEUE_FULL : ScheduleEvent.Reason.OVERLAP));
            }
        }
    }

    /** How many scheduled runs have not ended, those that wait for their turn among them. */
    private int unfinished(Schedule schedule) {
        int most = (int) Math.min(Integer.MAX_VALUE - 2L, host.limit(Limit.QUEUED_RUNS)) + 1;
        return host.storage()
                .executions()
                .timed(TimedFilter.of(schedule.project(), schedule.workflow(), most)
                        .type(ExecutionType.SCHEDULER)
                        .statuses(HeldRuns.UNFINISHED))
                .size();
    }

    /** The state a run begins with that has its turn at once. */
    private NewExecution begun(Submission submission) {
        ExecutionState accepted = ExecutionState.accepted(submission.version());
        return new NewExecution(submission, held.turned(submission, accepted));
    }

    private boolean step(ScheduleRecord record, ScheduleState next, List<NewExecution> wanted) {
        List<NewExecution> created = wanted.stream().map(this::checked).toList();
        Schedule schedule = record.schedule();
        return host.adopting(() -> {
            Lease lease = host.lease();
            Optional<List<Long>> ids = host.storage()
                    .schedules()
                    .step(lease, schedule.project(), schedule.workflow(), next, created, List.of());
            ids.ifPresent(known -> {
                for (int i = 0; i < known.size(); i++) {
                    held.created(known.get(i), lease, created.get(i));
                }
            });
            return ids.isPresent();
        });
    }

    /** What cannot run any more since the schedule was saved is stored as failed (P17). */
    private NewExecution checked(NewExecution one) {
        Submission submission = one.submission();
        try {
            SavedWorkflow workflow = host.storage()
                    .workflows()
                    .version(submission.project(), submission.workflow(), submission.version())
                    .orElseThrow(() -> ValidationException.of("scheduled run", "version", "is gone"));
            host.check(workflow, submission);
            return one;
        } catch (StorageException away) {
            throw away;
        } catch (RemoraException unfit) {
            LOG.warn(
                    "the scheduled run of {} for {} cannot be made: {}",
                    submission.workflow(),
                    submission.scheduleTime(),
                    unfit.getMessage());
            ExecutionState failed =
                    ExecutionState.accepted(submission.version()).ended(Status.FAILED, Cause.BAD_PARAMETER, host.now());
            return new NewExecution(submission, failed, host.notice(submission, failed));
        }
    }
}
