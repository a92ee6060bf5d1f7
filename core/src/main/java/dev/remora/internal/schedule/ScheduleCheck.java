package dev.remora.internal.schedule;

import dev.remora.error.Problem;
import dev.remora.error.ValidationException;
import dev.remora.model.RunOptions;
import dev.remora.model.Schedule;
import dev.remora.spi.ScheduleRecord;
import dev.remora.spi.ScheduleStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds everything that is wrong with a schedule, or with what a backfill has in common with one. */
final class ScheduleCheck {
    static final int MOST_ATTEMPTS = 100;
    private static final int PAGE = 1_000;
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private ScheduleCheck() {}

    /** Throws if a schedule is wrong by itself. */
    static FireTimes schedule(Schedule schedule, ZoneId zone, Instant now) {
        List<Problem> problems = new ArrayList<>();
        Optional<FireTimes> times = times(schedule.cron(), zone, schedule.start(), schedule.end(), problems);
        if (schedule.start().isPresent()
                && schedule.end().isPresent()
                && schedule.end().get().isBefore(schedule.start().get())) {
            problems.add(new Problem(
                    "end",
                    "is " + schedule.end().get() + ", before the start "
                            + schedule.start().get()));
        } else if (times.isPresent() && times.get().next(now).isEmpty()) {
            problems.add(new Problem(
                    "cron", "is " + schedule.cron() + ", which does not fire between now and the end of the schedule"));
        }
        attempts(schedule.attempts(), problems);
        schedule.waitTimeout().ifPresent(limit -> {
            if (limit.compareTo(SHORTEST) < 0 || limit.compareTo(HeldRuns.LONGEST_WAIT) > 0) {
                problems.add(new Problem(
                        "waitTimeout", "is " + limit + "; it must be " + SHORTEST + " to " + HeldRuns.LONGEST_WAIT));
            }
        });
        if (schedule.waitFor().contains(schedule.workflow())) {
            problems.add(new Problem(
                    "waitFor", "has " + schedule.workflow() + " itself; use waitForPrevious for the run before"));
        }
        options(schedule.options(), problems);
        throwIfAny("schedule of " + schedule.workflow(), problems);
        return times.orElseThrow();
    }

    static Optional<FireTimes> times(
            String cron, ZoneId zone, Optional<Instant> start, Optional<Instant> end, List<Problem> problems) {
        try {
            return Optional.of(FireTimes.of(cron, zone, start, end));
        } catch (IllegalArgumentException wrong) {
            problems.add(new Problem(
                    "cron", "is " + cron + "; it must be in Quartz format, seconds first: " + wrong.getMessage()));
            return Optional.empty();
        }
    }

    static void attempts(int attempts, List<Problem> problems) {
        if (attempts < 1 || attempts > MOST_ATTEMPTS) {
            problems.add(new Problem("attempts", "is " + attempts + "; it must be 1 to " + MOST_ATTEMPTS));
        }
    }

    static void options(RunOptions options, List<Problem> problems) {
        options.idempotencyKey()
                .ifPresent(key -> problems.add(new Problem("idempotencyKey", "is for a single run, not for many")));
        options.scheduleTime()
                .ifPresent(time -> problems.add(new Problem("scheduleTime", "is the fire time of each run")));
    }

    static void throwIfAny(String subject, List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ValidationException(subject, problems);
        }
    }

    /** Throws if a workflow waited for has no schedule, or workflows wait for each other. */
    static void waits(Schedule schedule, ScheduleStore store) {
        if (schedule.waitFor().isEmpty()) {
            return;
        }
        List<Problem> problems = new ArrayList<>();
        Map<String, List<String>> waits = new HashMap<>();
        all(schedule.project(), store).forEach(one -> waits.put(one.workflow(), one.waitFor()));
        waits.put(schedule.workflow(), schedule.waitFor());
        for (String name : schedule.waitFor()) {
            if (!waits.containsKey(name)) {
                problems.add(new Problem("waitFor", "has " + name + ", which has no schedule"));
            }
        }
        cycle(schedule.workflow(), waits)
                .ifPresent(cycle -> problems.add(new Problem("waitFor", "makes a cycle: " + cycle)));
        throwIfAny("schedule of " + schedule.workflow(), problems);
    }

    /** Finds a way from a workflow back to itself: {@code a -> b -> a}. */
    private static Optional<String> cycle(String start, Map<String, List<String>> waits) {
        Map<String, String> from = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            String name = open.remove();
            for (String next : waits.getOrDefault(name, List.of())) {
                if (next.equals(start)) {
                    return Optional.of(way(start, name, from));
                }
                if (from.putIfAbsent(next, name) == null) {
                    open.add(next);
                }
            }
        }
        return Optional.empty();
    }

    private static String way(String start, String last, Map<String, String> from) {
        List<String> way = new ArrayList<>(List.of(start));
        for (String name = last; !name.equals(start); name = from.get(name)) {
            way.add(name);
        }
        way.add(start);
        Collections.reverse(way);
        return String.join(" -> ", way);
    }

    /** Throws if another schedule waits for a workflow. */
    static void notWaitedFor(String project, String workflow, ScheduleStore store) {
        for (Schedule one : all(project, store)) {
            if (one.waitFor().contains(workflow)) {
                throw ValidationException.of(
                        "schedule of " + workflow,
                        "workflow",
                        "is waited for by the schedule of " + one.workflow() + "; change that first");
            }
        }
    }

    private static List<Schedule> all(String project, ScheduleStore store) {
        List<Schedule> all = new ArrayList<>();
        List<ScheduleRecord> page;
        do {
            page = store.list(project, all.size(), PAGE);
            page.forEach(record -> all.add(record.schedule()));
        } while (page.size() == PAGE);
        return all;
    }
}
