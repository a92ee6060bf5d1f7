package dev.remora.internal.schedule;

import dev.remora.error.RemoraException;
import dev.remora.model.ExecutionType;
import dev.remora.model.Status;
import dev.remora.spi.Command;
import dev.remora.spi.EngineClock;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ScheduleRecord;
import dev.remora.spi.Submission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of an engine that knows of time: lets schedules fire, moves backfills and queues on, ends waits. Its work is done
 * on one thread; what it waits for wakes it: an alarm at the next fire time and at the end of each wait, the end of a run
 * here, and now and then a look at what other engines did. Safe for use by several threads.
 */
public final class TimeKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(TimeKeeper.class);
    private static final int AT_ONCE = 100;
    private static final int APART = 31;
    private static final long AGAIN_MILLIS = 1_000;
    private static final int LOOKS_PER_GLANCE = 4;
    private static final int LOOKS_PER_SEARCH = 12;

    private final Host host;
    private final HeldRuns held;
    private final Waiters waiters;
    private final ScheduleQueue queue;
    private final ScheduleDriver schedules;
    private final BackfillDriver backfills;
    private final AtomicBoolean lookQueued = new AtomicBoolean();
    private EngineClock.Alarm alarm = () -> {};
    private long alarmTime = Long.MAX_VALUE;
    private boolean hasBackfills = true;
    private int looks;

    public TimeKeeper(Host host) {
        this.host = host;
        held = new HeldRuns(host, this::ended, record -> later(() -> watch(record)));
        waiters = new Waiters(host, held);
        queue = new ScheduleQueue(host, held);
        schedules = new ScheduleDriver(host, held, queue);
        backfills = new BackfillDriver(host, held);
    }

    HeldRuns held() {
        return held;
    }

    /** Looks, soon, at what other engines may have done. To be called a few times within a lease. */
    public void look() {
        if (lookQueued.compareAndSet(false, true)) {
            later(() -> {
                lookQueued.set(false);
                lookNow();
            });
        }
    }

    private void lookNow() {
        boolean all = looks % LOOKS_PER_SEARCH == 0;
        if (looks++ % LOOKS_PER_GLANCE == 0) {
            fireDue();
        }
        if (all) {
            waiters.look();
            queue.look();
        } else if (!waiters.isEmpty()) {
            waiters.lookAgain();
        }
        if (all || hasBackfills) {
            hasBackfills = backfills.look();
        }
    }

    /** A run that this engine had has ended. */
    public void ended(Submission submission) {
        if (submission.type() == ExecutionType.DIRECT) {
            return;
        }
        later(() -> {
            waiters.changed(submission.project(), submission.workflow());
            if (submission.occasion().backfillId().isPresent()) {
                backfills.step(submission.occasion().backfillId().getAsLong());
            } else {
                queue.next(submission.project(), submission.workflow());
            }
        });
    }

    /** A schedule was saved. */
    void saved() {
        later(this::fireDue);
    }

    /** A backfill has begun, or is to go on. */
    void backfill(long id) {
        later(() -> {
            hasBackfills = true;
            backfills.step(id);
        });
    }

    /** A run waits for other workflows from now on. */
    public void waiting(ExecutionRecord record) {
        later(() -> watch(record));
    }

    private void watch(ExecutionRecord record) {
        waiters.watch(record);
    }

    /**
     * Carries out a command to an execution that is held.
     *
     * @return false if it is not held any more
     */
    public boolean command(ExecutionRecord record, Command command) {
        HeldRuns.Planned planned;
        if (command instanceof Command.Kill kill) {
            planned = held.end(record, Status.KILL, kill.cause());
        } else if (command instanceof Command.Pause) {
            if (record.state().status() == Status.PAUSED) {
                return true;
            }
            planned = held.pause(record);
        } else {
            if (record.state().status() != Status.PAUSED) {
                return true;
            }
            planned = held.resume(record);
        }
        return held.apply(planned, () -> resumed(record.submission(), command));
    }

    private void resumed(Submission submission, Command command) {
        if (command instanceof Command.Resume) {
            ended(submission);
        }
    }

    private void later(Runnable work) {
        host.later(() -> {
            try {
                work.run();
            } catch (RemoraException failed) {
                LOG.warn(
                        "work of schedules and backfills failed, and is done with the next look: {}",
                        failed.toString());
            }
        });
    }

    /** Lets fire what is due, and sets the alarm for what comes next. */
    private void fireDue() {
        Set<String> failed = new HashSet<>();
        while (true) {
            List<ScheduleRecord> upcoming = host.storage().schedules().upcoming(AT_ONCE);
            long now = host.now();
            List<ScheduleRecord> due = apart(upcoming.stream()
                    .filter(record -> time(record) <= now)
                    .filter(record -> !failed.contains(name(record)))
                    .toList());
            for (ScheduleRecord record : due) {
                if (!fire(record)) {
                    failed.add(name(record));
                }
            }
            if (due.isEmpty()) {
                boolean again = upcoming.stream().anyMatch(record -> time(record) <= now);
                Optional<Long> next = upcoming.stream()
                        .map(TimeKeeper::time)
                        .filter(time -> time > now)
                        .findFirst();
                setAlarm(again ? now + AGAIN_MILLIS : next.orElse(Long.MAX_VALUE));
                return;
            }
        }
    }

    /** Lets each engine begin elsewhere with those that are due at the same time, as all engines are awake then. */
    private List<ScheduleRecord> apart(List<ScheduleRecord> due) {
        int together = (int)
                due.stream().takeWhile(one -> time(one) == time(due.get(0))).count();
        List<ScheduleRecord> apart = new ArrayList<>(due);
        Collections.rotate(apart.subList(0, together), (int) (host.lease().incarnation() * APART % AT_ONCE));
        return apart;
    }

    private boolean fire(ScheduleRecord record) {
        try {
            boolean fired = schedules.fire(record);
            waiters.changed(record.schedule().project(), record.schedule().workflow());
            return fired;
        } catch (RemoraException | IllegalArgumentException failed) {
            LOG.warn(
                    "the schedule of {} in project {} cannot fire now: {}",
                    record.schedule().workflow(),
                    record.schedule().project(),
                    failed.toString());
            return false;
        }
    }

    private static String name(ScheduleRecord record) {
        return record.schedule().project() + "/" + record.schedule().workflow();
    }

    private static long time(ScheduleRecord record) {
        return record.state().nextFireTime().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
    }

    private void setAlarm(long time) {
        if (time != alarmTime) {
            alarm.cancel();
            alarmTime = time;
            alarm = time == Long.MAX_VALUE ? () -> {} : host.at(time, () -> later(this::alarmed));
        }
    }

    private void alarmed() {
        alarmTime = Long.MAX_VALUE;
        fireDue();
    }
}
