package dev.remora.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.Remora;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.Workflow;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnsavedAgainTest {
    /** The first run is evicted with its definition, so that its name is free again. */
    @Test
    void aNameThatComesBackStandsForTheNewDefinition() throws Exception {
        try (Remora remora = Remora.builder()
                .storage(MemoryStorage.builder().maxExecutions(1).build())
                .start()) {
            assertThat(run(remora, "name", "first")).isEqualTo("first");
            assertThat(run(remora, "other", "between")).isEqualTo("between");
            assertThat(run(remora, "name", "second")).isEqualTo("second");
        }
    }

    private static String run(Remora remora, String workflow, String node) throws InterruptedException {
        Workflow definition = Workflow.builder().node(node, "VIRTUAL").build();
        long execId = remora.executor().runDirect(DirectRunRequest.of("project", workflow, definition));
        remora.query().await(execId, Duration.ofSeconds(30)).orElseThrow();
        return remora.query().find(execId).orElseThrow().nodes().get(0).node().name();
    }
}
