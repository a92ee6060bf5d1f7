package dev.remora.examples.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.remora.Remora;
import dev.remora.model.Backfill;
import dev.remora.model.BackfillProgress;
import dev.remora.model.BackfillRequest;
import dev.remora.model.BackfillStatus;
import dev.remora.model.Execution;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.PlannedRun;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.spi.Storage;
import dev.remora.storage.jdbc.testkit.DatabaseServers;
import dev.remora.storage.jdbc.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines are killed in the middle of a backfill, and others go on with it. */
class BackfillCrashTest {
    private static final int PARALLEL = 4;
    private static final int DAYS = 60;
    private static final String PROJECT = "crash";
    private static final String NAME = "daily";
    private static final Instant FIRST = Instant.parse("2026-01-01T02:00:00Z");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void anotherEngineGoesOn() throws Exception {
        Place place = new Place(directory);
        try (TestDatabase data = DatabaseServers.postgres().newDatabase()) {
            CrashDatabase database = CrashDatabase.of(data);
            try (EngineProcess first = EngineProcess.start(TimedEngine.class, place, database, "first")) {
                Backfill backfill = plan(place, database);
                killInTheMiddle(place, first, DAYS / 3);
                try (EngineProcess second = EngineProcess.start(TimedEngine.class, place, database, "second");
                        EngineProcess third = EngineProcess.start(TimedEngine.class, place, database, "third")) {
                    killInTheMiddle(place, second, 2 * DAYS / 3);
                    assertGoesOn(place, database, backfill);
                    assertThat(third.isAlive()).isTrue();
                }
            }
        }
    }

    @Test
    void theNextEngineOnTheFileGoesOn() throws Exception {
        Place place = new Place(directory);
        CrashDatabase database = new CrashDatabase(directory.resolve("data").toString());
        Backfill backfill = plan(place, database);
        for (int part = 1; part <= 2; part++) {
            try (EngineProcess engine = EngineProcess.start(TimedEngine.class, place, database, "engine")) {
                killInTheMiddle(place, engine, part * DAYS / 3);
            }
        }
        assertGoesOn(place, database, backfill);
    }

    /** Plans the backfill, by an engine that is closed before much of it has run. */
    private static Backfill plan(Place place, CrashDatabase database) {
        try (Storage storage = database.open();
                Remora remora = TimedEngine.start(place, storage, "planning")) {
            remora.workflows()
                    .save(
                            PROJECT,
                            NAME,
                            Workflow.builder()
                                    .node("a", TimedEngine.COUNT, node -> node.parameter(TimedEngine.DAY, "$[DDD]"))
                                    .build());
            Backfill backfill = remora.backfills()
                    .start(BackfillRequest.builder(PROJECT, NAME, FIRST, FIRST.plus(Duration.ofDays(DAYS - 1)))
                            .cron("0 0 2 * * ?")
                            .parallel(PARALLEL)
                            .build());
            assertThat(backfill.runs()).hasSize(DAYS);
            return backfill;
        }
    }

    /** Lets days end up to one, and kills an engine while the next ones are at work. */
    private static void killInTheMiddle(Place place, EngineProcess engine, int lastDay) {
        place.open(lastDay);
        await("some have ended").atMost(LIMIT).until(() -> count(place, "end") >= lastDay);
        engine.kill();
        place.timeline().add("kill " + engine.pid() + " -");
    }

    private static long count(Place place, String what) {
        return place.timeline().lines().stream()
                .filter(line -> line.startsWith(what + " "))
                .count();
    }

    private static void assertGoesOn(Place place, CrashDatabase database, Backfill backfill) {
        try (Storage storage = database.open();
                Remora remora = TimedEngine.start(place, storage, "last")) {
            place.open(DAYS);
            await("the backfill has ended")
                    .atMost(LIMIT)
                    .until(() ->
                            remora.backfills().progress(backfill.id()).status().isFinal());
            BackfillProgress progress = remora.backfills().progress(backfill.id());
            assertThat(progress.status()).isEqualTo(BackfillStatus.SUCCESS);
            assertThat(progress.succeeded()).isEqualTo(DAYS);
            assertThat(remora.backfills().find(backfill.id()).orElseThrow().runs())
                    .isEqualTo(backfill.runs());
            List<Execution> all = remora.query()
                    .list(ExecutionFilter.builder()
                            .size(ExecutionFilter.MAX_SIZE)
                            .build())
                    .executions();
            assertThat(all).hasSize(DAYS).allMatch(one -> one.status() == Status.SUCCESS);
            assertThat(all)
                    .extracting(Execution::execId)
                    .containsExactlyInAnyOrderElementsOf(
                            backfill.runs().stream().map(PlannedRun::execId).toList());
        }
        assertThat(mostAtOnce(place)).isEqualTo(PARALLEL);
    }

    /** How many jobs were at work at the same time; those of a JVM that is killed end with it. */
    private static int mostAtOnce(Place place) {
        Map<String, Set<String>> working = new HashMap<>();
        int most = 0;
        for (String line : place.timeline().lines()) {
            String[] parts = line.split(" ");
            Set<String> here = working.computeIfAbsent(parts[1], pid -> new HashSet<>());
            switch (parts[0]) {
                case "begin" -> here.add(parts[2]);
                case "end" -> here.remove(parts[2]);
                default -> here.clear();
            }
            most = Math.max(most, working.values().stream().mapToInt(Set::size).sum());
        }
        return most;
    }
}
