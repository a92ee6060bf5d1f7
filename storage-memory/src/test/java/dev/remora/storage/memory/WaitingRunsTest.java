package dev.remora.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.ExecutionFilter;
import dev.remora.model.RetryPolicy;
import dev.remora.model.RunRequest;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.spi.JavaJob;
import dev.remora.testkit.ManualRemora;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingRunsTest {
    private static final int RUNS = 10_000;
    private static final Duration BACKOFF = Duration.ofHours(1);

    /** More than an engine has, idle workers included, and far less than one for each run. */
    private static final int MANY_THREADS = 200;

    @Test
    void runsThatAreBackingOffOrPausedHoldNoThread() {
        try (ManualRemora remora = ManualRemora.start(
                MemoryStorage.create(),
                builder -> builder.java("FLAKY", JavaJob.of(context -> {
                    if (context.attempt() == 1) {
                        throw new IllegalStateException("not yet");
                    }
                })))) {
            remora.workflows()
                    .save(
                            "scale",
                            "waiting",
                            Workflow.builder()
                                    .node(
                                            "flaky",
                                            "FLAKY",
                                            node -> node.retry(RetryPolicy.of(2).withBackoff(BACKOFF)))
                                    .node("behind", "VIRTUAL", node -> node.after("flaky"))
                                    .build());
            List<Long> paused = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                long execId = remora.executor().run(RunRequest.of("scale", "waiting"));
                if (i % 2 == 0) {
                    remora.executor().pause(execId);
                    paused.add(execId);
                }
            }
            remora.settle();
            assertThat(count(remora, Status.PAUSED)).isEqualTo(RUNS / 2);
            assertThat(count(remora, Status.RUNNING)).isEqualTo(RUNS / 2);

            assertThat(Thread.activeCount()).isLessThan(MANY_THREADS);

            remora.advance(BACKOFF);
            assertThat(count(remora, Status.SUCCESS)).isEqualTo(RUNS / 2);
            paused.forEach(remora.executor()::resume);
            remora.advance(BACKOFF);
            assertThat(count(remora, Status.SUCCESS)).isEqualTo(RUNS);
        }
    }

    private static long count(ManualRemora remora, Status status) {
        return remora.settle()
                .query()
                .list(ExecutionFilter.builder().statuses(status).size(1).build())
                .total();
    }
}
