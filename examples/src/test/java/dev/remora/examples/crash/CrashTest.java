package dev.remora.examples.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays with {@code -Dremora.test.seed}, but for the timing of processes. */
class CrashTest {
    private static final int ROUNDS = 50;
    private static final long SEED = Long.getLong("remora.test.seed", System.nanoTime());

    @TempDir
    Path directory;

    @Test
    void whatWasAcknowledgedSurvivesSigkillOnH2() throws Exception {
        System.out.println("CrashTest: seed " + SEED);
        Place place = new Place(directory);
        CrashDatabase database = new CrashDatabase(directory.resolve("data").toString());
        Findings found = new CrashRounds(place, database, SEED).run(ROUNDS);
        System.out.println("CrashTest: " + found);
        assertThat(found.executions()).isGreaterThan(100);
    }
}
