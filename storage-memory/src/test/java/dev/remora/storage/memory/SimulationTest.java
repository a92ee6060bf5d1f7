package dev.remora.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.testkit.simulation.Simulation;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final long SEEDS = Long.getLong("remora.simulation.seeds", 3_000);

    private final Simulation simulation = new Simulation(clock -> {
        MemoryStorage storage = MemoryStorage.builder().clock(clock).build();
        return storage::another;
    });

    @Test
    void everyRunComesToARightEndAndEveryEngineToRest() {
        long first = Long.getLong("remora.test.seed", System.nanoTime());
        long seeds = Long.getLong("remora.test.seed") == null ? SEEDS : 1;
        long begun = System.nanoTime();
        for (long seed = first; seed < first + seeds; seed++) {
            simulation.run(seed);
        }
        System.out.println(seeds + " seeds from " + first + " in " + (System.nanoTime() - begun) / 1_000_000 + " ms");
    }

    @Test
    void aSeedReplaysExactly() {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(simulation.run(seed)).isEqualTo(simulation.run(seed));
        }
    }
}
