package dev.remora.internal.schedule;

import dev.remora.model.BackfillRequest;
import dev.remora.model.ExecutionType;
import dev.remora.model.RunOptions;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Schedule;
import dev.remora.spi.Occasion;
import dev.remora.spi.Submission;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The submissions that schedules and backfills make. Pure. */
final class Submissions {
    private Submissions() {}

    static Submission scheduled(
            Schedule schedule,
            SavedWorkflow workflow,
            ZoneId zone,
            Optional<Instant> previous,
            Instant time,
            Instant now) {
        Occasion occasion = new Occasion(
                zone,
                OptionalLong.empty(),
                schedule.attempts(),
                previous,
                waits(schedule),
                waitTimeout(schedule, schedule.options()));
        return of(workflow, ExecutionType.SCHEDULER, time, now, workflow.owner(), schedule.options(), occasion);
    }

    /**
     * A run of a backfill.
     *
     * @param schedule whose waits it has; empty for none
     */
    static Submission backfilled(
            BackfillRequest request,
            long id,
            SavedWorkflow workflow,
            ZoneId zone,
            Optional<Schedule> schedule,
            Optional<Instant> previous,
            Instant time,
            Instant now,
            String user) {
        Occasion occasion = new Occasion(
                zone,
                OptionalLong.of(id),
                request.attempts(),
                previous,
                schedule.map(Submissions::waits).orElse(List.of()),
                schedule.flatMap(one -> waitTimeout(one, request.options())));
        return of(workflow, ExecutionType.COMPLEMENT_DATA, time, now, user, request.options(), occasion);
    }

    private static Submission of(
            SavedWorkflow workflow,
            ExecutionType type,
            Instant time,
            Instant now,
            String user,
            RunOptions options,
            Occasion occasion) {
        return new Submission(
                workflow.project(),
                workflow.name(),
                workflow.version(),
                type,
                now,
                time,
                user,
                workflow.owner(),
                options,
                occasion);
    }

    static List<Occasion.Wait> waits(Schedule schedule) {
        List<Occasion.Wait> waits = new ArrayList<>();
        schedule.waitFor().forEach(name -> waits.add(new Occasion.Wait(name, Occasion.Period.SAME)));
        if (schedule.waitForPrevious()) {
            waits.add(new Occasion.Wait(schedule.workflow(), Occasion.Period.PREVIOUS));
        }
        return waits;
    }

    private static Optional<Duration> waitTimeout(Schedule schedule, RunOptions options) {
        if (schedule.waitFor().isEmpty() && !schedule.waitForPrevious()) {
            return Optional.empty();
        }
        return schedule.waitTimeout().or(options::timeout).or(() -> Optional.of(HeldRuns.LONGEST_WAIT));
    }
}
