package dev.remora.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured really runs. */
class ContendersTest {
    @Test
    void theShapesAreWhatTheirNamesSay() {
        assertThat(Shape.fan(5).before()).isDeepEqualTo(new int[][] {{}, {0}, {0}, {0}, {1, 2, 3}});
        assertThat(Shape.fan(5).behind()).isDeepEqualTo(new int[][] {{1, 2, 3}, {4}, {4}, {4}, {}});
        assertThat(Shape.chain(3).before()).isDeepEqualTo(new int[][] {{}, {0}, {1}});
        Shape layers = Shape.layers(3, 4);
        assertThat(layers.roots()).isEqualTo(4);
        assertThat(layers.before()[7]).containsExactly(3, 0, 1);
        assertThat(Workload.all()).extracting(Workload::nodes).containsExactly(10_000L, 10_000L, 10_000L, 10_000L, 1L);
    }

    @Test
    void futuresRunEachNodeOnceAfterThoseItDependsOn() {
        Shape shape = Shape.layers(20, 10);
        AtomicIntegerArray runs = new AtomicIntegerArray(shape.nodes());
        FuturesByHand.start(shape, ForkJoinPool.commonPool(), node -> {
                    assertThat(Arrays.stream(shape.before()[node])).allMatch(before -> runs.get(before) == 1);
                    runs.incrementAndGet(node);
                })
                .join();
        for (int node = 0; node < shape.nodes(); node++) {
            assertThat(runs.get(node)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "h2", "postgresql"})
    void eachContenderComesToItsEnd(String storage) throws Exception {
        List<Workload> small = List.of(
                new Workload("fan", "small", Shape.fan(50), 1), new Workload("runs", "small", Shape.fan(5), 20));
        try (Field field = Benchmark.field(storage)) {
            for (Contender contender : field.contenders()) {
                for (Workload workload : small) {
                    contender.prepare(workload);
                    contender.run(workload);
                }
            }
        }
    }
}
