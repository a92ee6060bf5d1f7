package dev.remora.testkit;

import dev.remora.RemoraSession;
import dev.remora.event.ExecutionEvent;
import dev.remora.event.ExecutionListener;
import dev.remora.event.ScheduleEvent;
import dev.remora.model.Execution;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.SavedSchedule;
import dev.remora.model.Schedule;
import dev.remora.model.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/** What the parts of the contract share that are about schedules. */
abstract class SchedulePart extends EnginePart {
    static final String EVERY_HOUR = "0 0 * * * ?";
    static final Instant START = ManualRemora.START;

    SchedulePart() {}

    static void schedule(RemoraSession remora, String cron, UnaryOperator<Schedule.Builder> more) {
        remora.schedules()
                .save(more.apply(Schedule.builder(PROJECT, FLOW, cron)).build());
    }

    /** All executions, the earliest schedule time first. */
    static List<Execution> runs(RemoraSession remora) {
        if (remora instanceof ManualRemora manual) {
            manual.settle();
        }
        List<Execution> all = new ArrayList<>(remora.query()
                .list(ExecutionFilter.builder().size(ExecutionFilter.MAX_SIZE).build())
                .executions());
        all.sort(Comparator.comparing(Execution::scheduleTime).thenComparing(Execution::execId));
        return all;
    }

    static List<Instant> times(RemoraSession remora) {
        return runs(remora).stream().map(Execution::scheduleTime).toList();
    }

    static Instant hour(int number) {
        return START.plus(Duration.ofHours(number));
    }

    static SavedSchedule saved(RemoraSession remora) {
        return remora.schedules().find(PROJECT, FLOW).orElseThrow();
    }

    /** Hears what happens to schedules. */
    static final class Heard implements ExecutionListener {
        private final List<ScheduleEvent> events = new ArrayList<>();

        @Override
        public void on(ExecutionEvent event) {}

        @Override
        public synchronized void onSchedule(ScheduleEvent event) {
            events.add(event);
        }

        synchronized List<ScheduleEvent> events() {
            return List.copyOf(events);
        }
    }

    static List<Status> statuses(RemoraSession remora) {
        return runs(remora).stream().map(Execution::status).toList();
    }

    final void succeed(ManualRemora remora, int run) {
        jobs.job(runs(remora).get(run).execId(), "a").succeed();
        remora.settle();
    }
}
