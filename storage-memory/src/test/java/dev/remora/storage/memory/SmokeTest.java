package dev.remora.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.Remora;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.Execution;
import dev.remora.model.ExecutionDetail;
import dev.remora.model.LogRequest;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.spi.JavaJob;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SmokeTest {
    @Test
    void runs() throws Exception {
        try (Remora remora = Remora.builder()
                .storage(MemoryStorage.create())
                .java("HELLO", JavaJob.of(context -> context.log().line("hello from " + context.jobId())))
                .listener(System.out::println)
                .start()) {
            Workflow workflow = Workflow.builder()
                    .node("a", "HELLO")
                    .node("b", "HELLO", n -> n.after("a"))
                    .node("c", "HELLO", n -> n.after("a"))
                    .node("d", "VIRTUAL", n -> n.after("b", "c"))
                    .build();
            long id = remora.executor().runDirect(DirectRunRequest.of("demo", "first", workflow));
            Execution end = remora.query().await(id, Duration.ofSeconds(10)).orElseThrow();
            assertThat(end.status()).isEqualTo(Status.SUCCESS);
            ExecutionDetail detail = remora.query().find(id).orElseThrow();
            detail.nodes().forEach(System.out::println);
            System.out.println(remora.logs().read(LogRequest.of(id + "-b")));
        }
    }

    @Test
    void manyNodes() throws Exception {
        for (int round = 0; round < 5; round++) {
            try (Remora remora = Remora.builder()
                    .storage(MemoryStorage.create())
                    .java("NOOP", context -> java.util.Map.of())
                    .start()) {
                for (boolean chain : new boolean[] {true, false}) {
                    Workflow.Builder builder = Workflow.builder();
                    for (int i = 0; i < 100_000; i++) {
                        String before = "n" + (i - 1);
                        int number = i;
                        builder.node("n" + i, "NOOP", n -> number > 0 && chain ? n.after(before) : n);
                    }
                    Workflow workflow = builder.build();
                    long begun = System.nanoTime();
                    long id = remora.executor().runDirect(DirectRunRequest.of("demo", "first" + chain, workflow));
                    Execution end =
                            remora.query().await(id, Duration.ofSeconds(60)).orElseThrow();
                    System.out.println(
                            (chain ? "chain " : "wide ") + (System.nanoTime() - begun) / 100_000 + " ns per node");
                    assertThat(end.status()).isEqualTo(Status.SUCCESS);
                }
            }
        }
    }
}
