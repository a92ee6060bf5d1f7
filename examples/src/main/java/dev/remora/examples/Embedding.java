package dev.remora.examples;

import dev.remora.Remora;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.Workflow;
import dev.remora.spi.JavaJob;
import dev.remora.storage.memory.MemoryStorage;
import java.time.Duration;

/** The example of the README: an application that runs a workflow. */
public final class Embedding {
    private Embedding() {}

    /**
     * Runs a workflow of two Java nodes, and prints how it ended.
     *
     * @param args not used
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public static void main(String[] args) throws InterruptedException {
        // begin of the example
        Workflow workflow = Workflow.builder()
                .node("greet", "GREET")
                .node("part", "GREET", node -> node.after("greet"))
                .build();
        Remora.Builder builder = Remora.builder().storage(MemoryStorage.create());
        builder.java("GREET", JavaJob.of(context -> context.log().line("I am " + context.jobId())));
        try (Remora remora = builder.start()) {
            long execId = remora.executor().runDirect(DirectRunRequest.of("demo", "hello", workflow));
            System.out.println(remora.query().await(execId, Duration.ofMinutes(1)));
        }
        // end of the example
    }
}
