package dev.remora.examples.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.remora.Remora;
import dev.remora.spi.Storage;
import dev.remora.storage.jdbc.testkit.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL goes away and comes back while shell jobs run. */
class DatabaseAwayTest {
    private static final int EXECUTIONS = 40;
    private static final int TIMES = 3;
    private static final Duration AWAY = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void everyRunEndsRightAlthoughTheDatabaseStopsAndCrashes() throws Exception {
        Place place = new Place(directory);
        ExecutorService submitters = Executors.newFixedThreadPool(2);
        try (PostgresServer server = PostgresServer.launched()) {
            CrashDatabase database = CrashDatabase.of(server.newDatabase());
            try (Storage storage = database.open();
                    Remora remora = CrashEngine.start(place, storage, "waiting")) {
                CrashEngine.submit(remora, place, "waiting", EXECUTIONS, submitters);
                for (int time = 1; time <= TIMES; time++) {
                    int before = place.succeeded().lines().size();
                    await("work is under way")
                            .atMost(LIMIT)
                            .until(() -> place.succeeded().lines().size() > before);
                    if (time % 2 == 0) {
                        server.stop();
                    } else {
                        server.crash();
                    }
                    await("it stays away for a while").pollDelay(AWAY).until(() -> true);
                    server.start();
                }
                await("everything is acknowledged")
                        .atMost(LIMIT)
                        .until(() -> place.acknowledged().lines().size() == EXECUTIONS);
                for (String line : place.acknowledged().lines()) {
                    long execId = Long.parseLong(line.split(" ")[0]);
                    assertThat(remora.query().await(execId, LIMIT)).as(line).isPresent();
                }
            }
            Findings found = Findings.of(place, database, EXECUTIONS);
            assertThat(found.executions()).isEqualTo(EXECUTIONS);
            assertThat(found.lost()).isZero();
        } finally {
            submitters.shutdownNow();
        }
    }
}
