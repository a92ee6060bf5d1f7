package dev.remora.internal.schedule;

import dev.remora.Schedules;
import dev.remora.error.NotFoundException;
import dev.remora.error.Problem;
import dev.remora.error.StorageException;
import dev.remora.error.ValidationException;
import dev.remora.model.SavedSchedule;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Schedule;
import dev.remora.spi.ScheduleRecord;
import dev.remora.spi.ScheduleState;
import dev.remora.spi.ScheduleStore;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The schedules, on behalf of one user. */
public final class ScheduleService implements Schedules {
    private static final int MOST_TRIES = 100;
    private static final int MOST_TIMES = 1_000;

    private final Host host;
    private final TimeKeeper keeper;
    private final Requests requests;
    private final String user;

    public ScheduleService(Host host, TimeKeeper keeper, Requests requests, String user) {
        this.host = host;
        this.keeper = keeper;
        this.requests = requests;
        this.user = user;
    }

    @Override
    public SavedSchedule save(Schedule schedule) {
        requests.requireOpen();
        requests.checkOptions(schedule.project(), schedule.workflow(), schedule.options());
        ZoneId zone = schedule.zone().orElse(host.zone());
        Instant now = now();
        FireTimes times = ScheduleCheck.schedule(schedule, zone, now);
        SavedWorkflow workflow = host.storage()
                .workflows()
                .latest(schedule.project(), schedule.workflow())
                .orElseThrow(() -> NotFoundException.workflow(schedule.project(), schedule.workflow()));
        Schedule whole = schedule.withZone(zone);
        Instant first = times.next(now).orElseThrow();
        host.check(workflow, Submissions.scheduled(whole, workflow, zone, Optional.empty(), first, now));
        ScheduleCheck.waits(whole, store());
        ScheduleRecord stored = change(
                whole.project(),
                whole.workflow(),
                before -> new ScheduleRecord(whole, user, now, begun(whole, times, before.map(ScheduleRecord::state))));
        return view(stored);
    }

    /** A state in which all that has passed is dealt with. */
    private ScheduleState begun(Schedule schedule, FireTimes times, Optional<ScheduleState> before) {
        Instant now = now();
        return new ScheduleState(
                before.map(ScheduleState::revision).orElse(0L) + 1,
                now,
                schedule.online() ? times.next(now) : Optional.empty(),
                before.flatMap(ScheduleState::lastFireTime),
                before.map(ScheduleState::skipped).orElse(0L));
    }

    /** Makes a change of what is stored, again if another engine was faster. */
    private ScheduleRecord change(
            String project, String workflow, Function<Optional<ScheduleRecord>, ScheduleRecord> work) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            ScheduleRecord next = work.apply(store().find(project, workflow));
            if (store().save(next)) {
                keeper.saved();
                return next;
            }
        }
        throw new StorageException(
                "the schedule of " + workflow + " in project " + project + " was changed again and again meanwhile",
                true);
    }

    @Override
    public Optional<SavedSchedule> find(String project, String workflow) {
        return store().find(project, workflow).map(ScheduleService::view);
    }

    @Override
    public List<SavedSchedule> list(String project, long from, int size) {
        requests.checkPage("schedule list", from, size);
        return store().list(project, from, size).stream()
                .map(ScheduleService::view)
                .toList();
    }

    private static SavedSchedule view(ScheduleRecord record) {
        return new SavedSchedule(
                record.schedule(),
                record.user(),
                record.savedAt(),
                record.state().nextFireTime(),
                record.state().lastFireTime(),
                record.state().skipped());
    }

    @Override
    public void online(String project, String workflow) {
        set(project, workflow, true);
    }

    @Override
    public void offline(String project, String workflow) {
        set(project, workflow, false);
    }

    private void set(String project, String workflow, boolean online) {
        requests.requireOpen();
        ScheduleRecord stored = record(project, workflow);
        if (stored.schedule().online() == online
                && (!online || stored.state().nextFireTime().isPresent())) {
            return;
        }
        UnaryOperator<ScheduleRecord> turned = before -> {
            Schedule schedule = before.schedule().withOnline(online);
            FireTimes times = FireTimes.of(
                    schedule.cron(), schedule.zone().orElse(host.zone()), schedule.start(), schedule.end());
            return new ScheduleRecord(
                    schedule, before.user(), before.savedAt(), begun(schedule, times, Optional.of(before.state())));
        };
        change(
                project,
                workflow,
                before -> turned.apply(before.orElseThrow(() -> NotFoundException.schedule(project, workflow))));
    }

    @Override
    public void delete(String project, String workflow) {
        requests.requireOpen();
        record(project, workflow);
        ScheduleCheck.notWaitedFor(project, workflow, store());
        store().delete(project, workflow);
    }

    @Override
    public List<Instant> nextFireTimes(Schedule schedule, Instant after, int count) {
        List<Problem> problems = new ArrayList<>();
        Optional<FireTimes> times = ScheduleCheck.times(
                schedule.cron(), schedule.zone().orElse(host.zone()), schedule.start(), schedule.end(), problems);
        if (count < 1 || count > MOST_TIMES) {
            problems.add(new Problem("count", "is " + count + "; it must be 1 to " + MOST_TIMES));
        }
        if (!problems.isEmpty()) {
            throw new ValidationException("schedule of " + schedule.workflow(), problems);
        }
        List<Instant> next = new ArrayList<>();
        Optional<Instant> time = times.orElseThrow().next(after);
        while (time.isPresent() && next.size() < count) {
            next.add(time.get());
            time = times.get().next(time.get());
        }
        return next;
    }

    private ScheduleRecord record(String project, String workflow) {
        return store().find(project, workflow).orElseThrow(() -> NotFoundException.schedule(project, workflow));
    }

    private Instant now() {
        return Instant.ofEpochMilli(host.now());
    }

    private ScheduleStore store() {
        return host.storage().schedules();
    }
}
