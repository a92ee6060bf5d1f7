package dev.remora.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health and metrics over HTTP. */
class StateEndpointsTest {
    @TempDir
    private Path directory;

    @Test
    void tellHowTheEngineIsAndWhatItHasDone() throws IOException, InterruptedException {
        try (HttpFixture http = new HttpFixture(directory)) {
            Workflow workflow = Workflow.builder()
                    .node("a", "ECHO", node -> node.parameter("say", "12345"))
                    .build();
            long execId = http.remora().executor().runDirect(DirectRunRequest.of("shop", "nightly", workflow));
            assertThat(http.remora()
                            .query()
                            .await(execId, Duration.ofSeconds(30))
                            .orElseThrow()
                            .status())
                    .isEqualTo(Status.SUCCESS);

            HttpFixture.Answer health = http.get("/health");
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.json().get("condition").asText()).isEqualTo("UP");
            assertThat(health.json().get("summary").asText())
                    .startsWith("engine http-test has its lease, its storage answers; executions 0");
            assertThat(health.json().get("leaseHeld").asBoolean()).isTrue();
            assertThat(health.json().get("storageProblem").isNull()).isTrue();
            assertThat(health.json().get("slots").asInt()).isEqualTo(64);

            HttpFixture.Answer metrics = http.get("/metrics");
            assertThat(metrics.status()).isEqualTo(200);
            Map<String, Double> counted = new HashMap<>();
            for (JsonNode meter : metrics.json().get("meters")) {
                assertThat(meter.get("tags").get("engine").asText()).isEqualTo("http-test");
                String status = meter.get("tags").path("status").asText();
                for (Map.Entry<String, JsonNode> value : meter.get("values").properties()) {
                    counted.put(
                            meter.get("name").asText() + status + "." + value.getKey(),
                            value.getValue().asDouble());
                }
            }
            assertThat(counted)
                    .containsEntry("remora.executions.submitted.count", 1.0)
                    .containsEntry("remora.executions.endedSUCCESS.count", 1.0)
                    .containsEntry("remora.executions.endedFAILED.count", 0.0)
                    .containsEntry("remora.nodes.endedSUCCESS.count", 1.0)
                    .containsEntry("remora.logs.bytes.count", 6.0)
                    .containsEntry("remora.attempts.count", 1.0)
                    .containsEntry("remora.slots.value", 64.0);

            http.remora().close();
            assertThat(http.get("/health").status()).isEqualTo(503);
            assertThat(http.get("/health").json().get("condition").asText()).isEqualTo("CLOSED");
        }
    }
}
