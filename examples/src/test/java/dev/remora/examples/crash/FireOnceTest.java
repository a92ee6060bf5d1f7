package dev.remora.examples.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.remora.model.ExecutionFilter;
import dev.remora.model.ExecutionType;
import dev.remora.model.MisfirePolicy;
import dev.remora.model.Schedule;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ScheduleRecord;
import dev.remora.spi.ScheduleState;
import dev.remora.spi.Storage;
import dev.remora.storage.jdbc.testkit.DatabaseServers;
import dev.remora.storage.jdbc.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three engines in three JVMs on one PostgreSQL, and a thousand schedules that are due at the same instant. */
class FireOnceTest {
    private static final int SCHEDULES = 1_000;
    private static final String PROJECT = "once";
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    /** A fire time as it is identified. */
    private record Fire(String workflow, Instant time) {}

    @Test
    void eachFiresOnceAlsoWhenAnEngineIsKilledMeanwhile() throws Exception {
        Place place = new Place(directory);
        try (TestDatabase data = DatabaseServers.postgres().newDatabase()) {
            CrashDatabase database = CrashDatabase.of(data);
            try (Storage storage = database.open()) {
                Workflow nothing = Workflow.builder().node("a", "VIRTUAL").build();
                each(name -> storage.workflows().save(PROJECT, name, nothing, Map.of(), "user", Instant.now()));
                try (EngineProcess killed = EngineProcess.start(TimedEngine.class, place, database, "killed");
                        EngineProcess second = EngineProcess.start(TimedEngine.class, place, database, "second");
                        EngineProcess third = EngineProcess.start(TimedEngine.class, place, database, "third")) {
                    Instant together = Instant.now().plus(SOON).truncatedTo(ChronoUnit.SECONDS);
                    each(name -> schedule(storage, name, together));
                    until("all have fired and ended", () -> count(storage, Status.SUCCESS) == SCHEDULES);
                    assertFiredOnce(storage, List.of(together));

                    Instant disturbed = Instant.now().plus(SOON).truncatedTo(ChronoUnit.SECONDS);
                    each(name -> schedule(storage, name, disturbed));
                    until("many have fired", () -> count(storage) > SCHEDULES + SCHEDULES / 10);
                    killed.kill();
                    assertThat(count(storage)).as("fired before the kill").isLessThan(2 * SCHEDULES);
                    until("all have fired and ended", () -> count(storage, Status.SUCCESS) == 2 * SCHEDULES);
                    assertFiredOnce(storage, List.of(together, disturbed));
                    assertThat(second.isAlive()).isTrue();
                    assertThat(third.isAlive()).isTrue();
                }
            }
        }
    }

    /** Work for the workflow of a name. */
    private interface Work {
        void with(String name);
    }

    private static void each(Work work) {
        IntStream.range(0, SCHEDULES)
                .mapToObj(number -> "flow" + number)
                .parallel()
                .forEach(work::with);
    }

    /** Saves a schedule that fires at one instant. */
    private static void schedule(Storage storage, String name, Instant time) {
        Schedule schedule = Schedule.builder(PROJECT, name, "* * * * * ?")
                .zone(ZoneOffset.UTC)
                .start(time)
                .end(time)
                .misfire(MisfirePolicy.ALL)
                .build();
        long revision = storage.schedules()
                .find(PROJECT, name)
                .map(record -> record.state().revision())
                .orElse(0L);
        ScheduleState state =
                new ScheduleState(revision + 1, time.minusSeconds(1), Optional.of(time), Optional.empty(), 0);
        assertThat(storage.schedules().save(new ScheduleRecord(schedule, "user", Instant.now(), state)))
                .isTrue();
    }

    private static void assertFiredOnce(Storage storage, List<Instant> times) {
        List<Fire> expected = new ArrayList<>();
        for (int number = 0; number < SCHEDULES; number++) {
            for (Instant time : times) {
                expected.add(new Fire("flow" + number, time));
            }
        }
        assertThat(fired(storage)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(storage.schedules().list(PROJECT, 0, SCHEDULES))
                .allMatch(record -> record.state().nextFireTime().isEmpty())
                .allMatch(record -> record.state().lastFireTime().equals(Optional.of(times.get(times.size() - 1))));
    }

    private static List<Fire> fired(Storage storage) {
        List<Fire> fired = new ArrayList<>();
        ExecutionFilter.Builder filter = ExecutionFilter.builder().size(ExecutionFilter.MAX_SIZE);
        List<ExecutionRecord> page;
        do {
            page = storage.executions().list(filter.build()).executions();
            for (ExecutionRecord record : page) {
                assertThat(record.submission().type()).isEqualTo(ExecutionType.SCHEDULER);
                fired.add(new Fire(
                        record.submission().workflow(), record.submission().scheduleTime()));
                filter.after(record.place());
            }
        } while (!page.isEmpty());
        return fired;
    }

    private static long count(Storage storage, Status... statuses) {
        return storage.executions()
                .list(ExecutionFilter.builder().statuses(statuses).size(1).build())
                .total();
    }

    private static void until(String what, Callable<Boolean> condition) {
        await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(condition);
    }
}
