package dev.remora.internal.schedule;

import dev.remora.model.Schedule;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.Occasion;
import dev.remora.spi.ScheduleRecord;
import dev.remora.spi.Storage;
import dev.remora.spi.Submission;
import dev.remora.spi.TimedFilter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Whether what a run waits for has come (F53, F54). Only whole scheduled and backfilled runs count, and of several for one
 * time the last.
 */
enum WaitState {
    MET,
    OPEN,
    FAILED;

    private static final int FIRST_LOOK = 3;
    private static final int FURTHER = 10;

    static WaitState of(Storage storage, Submission submission) {
        WaitState all = MET;
        for (Occasion.Wait wait : submission.occasion().waits()) {
            WaitState one = wait.period() == Occasion.Period.PREVIOUS
                    ? previous(storage, submission, wait)
                    : samePeriod(storage, submission, wait);
            if (one == FAILED) {
                return FAILED;
            }
            all = one == OPEN ? OPEN : all;
        }
        return all;
    }

    /** The last that ran before; the first of all waits for nothing. */
    private static WaitState previous(Storage storage, Submission submission, Occasion.Wait wait) {
        Instant until = submission.scheduleTime().minusNanos(1);
        List<ExecutionRecord> found;
        int limit = FIRST_LOOK;
        do {
            // why: the last run nearly always is a whole one
            found = storage.executions()
                    .timed(TimedFilter.of(submission.project(), wait.workflow(), limit)
                            .until(until)
                            .fromTheLatest());
            Optional<ExecutionRecord> last =
                    found.stream().filter(WaitState::isWhole).findFirst();
            if (last.isPresent()) {
                return of(last.get());
            }
            limit *= FURTHER;
        } while (found.size() == limit / FURTHER);
        return MET;
    }

    private static WaitState samePeriod(Storage storage, Submission submission, Occasion.Wait wait) {
        Instant to = submission.scheduleTime();
        Instant after = submission.occasion().previousTime().orElse(Instant.EPOCH);
        Optional<ScheduleRecord> schedule = storage.schedules().find(submission.project(), wait.workflow());
        Optional<FireTimes> times = schedule.map(WaitState::times);
        Optional<Instant> first = times.flatMap(fires -> fires.next(after)).filter(time -> !time.isAfter(to));
        Instant from = after.plusNanos(1);
        Instant last = to;
        if (times.isPresent() && first.isEmpty()) {
            // why: it fires less often, so its latest time stands for the period
            Optional<Instant> latest = times.get().last(to);
            if (latest.isPresent()) {
                from = latest.get();
                last = latest.get();
            }
        }
        Instant start = from;
        Instant end = last;
        WaitState runs = runs(storage, submission, wait, start, end);
        boolean moreToCome = schedule.filter(record -> record.schedule().online())
                .map(record -> record.state().cursor())
                .flatMap(cursor -> times.orElseThrow().next(cursor.isBefore(start) ? start.minusNanos(1) : cursor))
                .filter(time -> !time.isAfter(end))
                .isPresent();
        return runs == MET && moreToCome ? OPEN : runs;
    }

    static FireTimes times(ScheduleRecord record) {
        Schedule schedule = record.schedule();
        return FireTimes.of(schedule.cron(), schedule.zone().orElse(ZoneOffset.UTC), schedule.start(), schedule.end());
    }

    /** All runs of a closed range; none is not enough. */
    private static WaitState runs(
            Storage storage, Submission submission, Occasion.Wait wait, Instant from, Instant to) {
        WaitState all = OPEN;
        boolean open = false;
        Instant start = from;
        Optional<ExecutionRecord> last = Optional.empty();
        TimedRuns page;
        do {
            page = TimedRuns.between(storage, submission.project(), wait.workflow(), start, to);
            for (ExecutionRecord run : page.runs()) {
                if (!isWhole(run)) {
                    continue;
                }
                if (last.isPresent() && !TimedRuns.time(last.get()).equals(TimedRuns.time(run))) {
                    WaitState before = of(last.get());
                    if (before == FAILED) {
                        return FAILED;
                    }
                    open |= before == OPEN;
                }
                last = Optional.of(run);
            }
            start = page.more() ? page.next() : to;
        } while (page.more());
        if (last.isPresent()) {
            all = of(last.get());
        }
        return all == MET && open ? OPEN : all;
    }

    /** Whether it is no run of a part. One that cannot be read counts, as most runs are whole: by the state that it is in. */
    static boolean isWhole(ExecutionRecord run) {
        return run.submission().options().nodes().isEmpty();
    }

    private static WaitState of(ExecutionRecord run) {
        Status status = run.state().status();
        return status == Status.SUCCESS ? MET : status.isFinal() ? FAILED : OPEN;
    }
}
