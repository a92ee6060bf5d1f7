package dev.remora.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.testkit.simulation.Simulation;
import org.junit.jupiter.api.Test;

/**
 * The engine in simulated worlds in which much goes wrong. {@code -Dremora.test.seed} replays one;
 * {@code -Dremora.simulation.seeds=1000000} looks at a million new ones, which takes an hour or two:
 *
 * <pre>{@code
 * mvn -pl core,storage-memory test -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dremora.simulation.seeds=1000000
 * }</pre>
 */
class SimulationTest {
    private static final int REPLAYED = 50;

    private final Simulation simulation = new Simulation(clock -> {
        MemoryStorage storage = MemoryStorage.builder().clock(clock).build();
        return storage::another;
    });

    @Test
    void everyRunComesToARightEndAndEveryEngineToRest() {
        Long replayed = Long.getLong("remora.test.seed");
        long first = replayed == null ? System.nanoTime() : replayed;
        long seeds = replayed == null ? Long.getLong("remora.simulation.seeds", 4_000) : 1;

        for (long seed = first; seed < first + seeds; seed++) {
            simulation.run(seed);
        }
    }

    @Test
    void aSeedReplaysExactly() {
        long first = System.nanoTime();
        for (long seed = first; seed < first + REPLAYED; seed++) {
            assertThat(simulation.run(seed)).as("seed %d", seed).isEqualTo(simulation.run(seed));
        }
    }
}
