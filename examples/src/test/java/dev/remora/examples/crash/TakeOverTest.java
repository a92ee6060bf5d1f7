package dev.remora.examples.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.Storage;
import dev.remora.storage.jdbc.testkit.DatabaseServers;
import dev.remora.storage.jdbc.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three engines in three JVMs on one PostgreSQL. */
class TakeOverTest {
    private static final int EACH = 25;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    @Test
    void oneIsKilledAndOneIsStoppedPastItsLeaseAndGoesOn() throws Exception {
        Place place = new Place(directory);
        try (TestDatabase data = DatabaseServers.postgres().newDatabase()) {
            CrashDatabase database = CrashDatabase.of(data);
            try (Storage storage = database.open();
                    EngineProcess killed = EngineProcess.start(place, database, "killed", EACH);
                    EngineProcess stopped = EngineProcess.start(place, database, "stopped", EACH);
                    EngineProcess third = EngineProcess.start(place, database, "third", EACH)) {
                until("work is under way", () -> place.succeeded().lines().size() > EACH);
                killed.kill();
                stopped.signal("STOP");
                List<String> others = place.acknowledged().lines();
                // why: only the third engine is left, so it has taken over what the others had
                until(
                        "all that was acknowledged has ended",
                        () -> others.stream().allMatch(line -> ended(storage, line)));
                assertThat(third.isAlive()).isTrue();
                stopped.signal("CONT");
                until("the stopped engine has submitted the rest", () -> submitted(place, "stopped") == EACH);
                until(
                        "all has ended",
                        () -> place.acknowledged().lines().stream().allMatch(line -> ended(storage, line)));
                assertThat(stopped.isAlive()).isTrue();
            }
            Findings found = Findings.of(place, database, 3 * EACH);
            assertThat(found.executions()).isGreaterThanOrEqualTo(2 * EACH);
        }
    }

    private static long submitted(Place place, String engine) {
        return place.acknowledged().lines().stream()
                .filter(line -> line.contains(" " + engine + "-"))
                .count();
    }

    private static boolean ended(Storage storage, String acknowledged) {
        ExecutionRecord execution = storage.executions()
                .find(Long.parseLong(acknowledged.split(" ")[0]))
                .orElseThrow();
        return execution.state().status().isFinal();
    }

    private static void until(String what, Callable<Boolean> condition) {
        await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(100)).until(condition);
    }
}
