package dev.remora.examples.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Kills engines, one after the other, at moments that a seed decides, and then checks all that they have done. Any number
 * of rounds is run by
 *
 * <pre>{@code
 * mvn -q -Pcrash -Dexec.args="ROUNDS [SEED]"
 * }</pre>
 */
public final class CrashRounds {
    private static final int EXECUTIONS_PER_ROUND = 10;
    private static final int LONGEST_LIFE_MILLIS = 1_500;
    private static final String NAME = "crashing";
    /** A node whose job is lost three times in a row has failed; between two such rounds jobs have time to end. */
    private static final int ROUNDS_PER_POWER_LOSS = 5;

    private final Place place;
    private final CrashDatabase database;
    private final Random random;

    CrashRounds(Place place, CrashDatabase database, long seed) {
        this.place = place;
        this.database = database;
        random = new Random(seed);
    }

    /**
     * Runs rounds on an H2 file in a temporary directory.
     *
     * @param arguments how many rounds; the seed
     * @throws Exception if something is wrong
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : new Random().nextLong();
        System.out.println("seed " + seed);
        Path directory = Files.createTempDirectory("remora-crash");
        CrashDatabase database = new CrashDatabase(directory.resolve("data").toString());
        CrashRounds all = new CrashRounds(new Place(directory), database, seed);
        System.out.println(all.run(rounds));
    }

    /** Runs rounds, then lets everything end; returns what was found, and throws if something is wrong. */
    Findings run(int rounds) throws IOException, InterruptedException {
        for (int round = 1; round <= rounds; round++) {
            round(round * EXECUTIONS_PER_ROUND);
            if (round % ROUNDS_PER_POWER_LOSS == 0) {
                Jobs.killAll(place.directory());
            }
        }
        return Findings.of(place, database, rounds * EXECUTIONS_PER_ROUND);
    }

    private void round(int wanted) throws IOException, InterruptedException {
        try (EngineProcess engine = EngineProcess.start(place, database, NAME, wanted)) {
            engine.run(random.nextInt(LONGEST_LIFE_MILLIS));
        }
    }
}
