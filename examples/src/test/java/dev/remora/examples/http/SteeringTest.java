package dev.remora.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pause, resume and rerun, and the compact form that the page polls. */
class SteeringTest {
    @TempDir
    private Path directory;

    private HttpFixture http;

    @BeforeEach
    void start() throws IOException {
        http = new HttpFixture(directory);
    }

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void whatIsPausedGoesOnWhenItIsResumed() throws InterruptedException {
        direct("""
                {"nodes": [{"name": "hold", "type": "HOLD"}, {"name": "next", "type": "VIRTUAL", "dep": ["hold"]}]}
                """);
        await().until(() -> states().get("status").get(0).asInt() == 3);

        assertThat(http.post("/executors/1/pause").status()).isEqualTo(201);
        http.release();
        await().until(() -> states().get("status").get(0).asInt() == 4);

        assertThat(execution().get("status").asInt()).isEqualTo(8);
        assertThat(http.post("/executors/1/resume").status()).isEqualTo(201);
        assertThat(http.remora().query().await(1, Duration.ofSeconds(20))).isPresent();
        assertThat(execution().get("status").asInt()).isEqualTo(4);
    }

    @Test
    void whatFailedRunsAgainInARoundOfItsOwn() throws InterruptedException {
        direct("""
                {"nodes": [{"name": "good", "type": "VIRTUAL"}, {"name": "bad", "type": "FAIL", "dep": ["good"]}]}
                """);
        assertThat(http.remora().query().await(1, Duration.ofSeconds(20))).isPresent();

        assertThat(http.post("/executors/1/rerun").status()).isEqualTo(201);
        await().until(() -> execution().get("round").asInt() == 2
                && execution().get("status").asInt() == 6);
        assertThat(http.post("/executors/1/rerun?nodeName=good").status()).isEqualTo(201);
        await().until(() -> execution().get("round").asInt() == 3
                && execution().get("status").asInt() == 6);
        assertThat(http.postForm("/executors/1/rerun", "scope", "ALL").status()).isEqualTo(201);
        await().until(() -> execution().get("round").asInt() == 4
                && execution().get("status").asInt() == 6);

        JsonNode bad = http.get("/page/executions/1/nodes/bad").json();
        assertThat(bad.get("attempt").asInt()).isEqualTo(4);
        assertThat(bad.get("cause").asText()).isEqualTo("EXCEPTION");
        assertThat(bad.get("message").asText()).contains("on purpose");
    }

    @Test
    void statesAreSentAgainOnlyWhenTheyHaveChanged() throws InterruptedException {
        direct("""
                {"nodes": [{"name": "hold", "type": "HOLD"}, {"name": "next", "type": "VIRTUAL", "dep": ["hold"]}]}
                """);
        await().until(() -> states().get("status").get(0).asInt() == 3);
        String tag = http.get("/page/executions/1/states").header("ETag");

        assertThat(statesUnless(tag)).isEqualTo(304);
        http.release();
        assertThat(http.remora().query().await(1, Duration.ofSeconds(20))).isPresent();
        assertThat(statesUnless(tag)).isEqualTo(200);

        JsonNode graph = http.get("/page/executions/1/graph").json();
        assertThat(graph.get("names").toString()).isEqualTo("[\"hold\",\"next\"]");
        assertThat(graph.get("types").toString()).isEqualTo("[\"HOLD\",\"VIRTUAL\"]");
        assertThat(graph.get("dep").toString()).isEqualTo("[[],[0]]");
        assertThat(states().get("status").toString()).isEqualTo("[4,4]");
        assertThat(states().get("attempt").get(0).asInt()).isEqualTo(1);
    }

    private void direct(String definition) {
        assertThat(http.postMultipart("/executors/direct", ApiTest.direct("once", definition))
                        .status())
                .isEqualTo(201);
    }

    private int statesUnless(String tag) {
        return http.send(HttpRequest.newBuilder(http.uri("/page/executions/1/states"))
                        .header("If-None-Match", tag))
                .status();
    }

    private JsonNode states() {
        return http.get("/page/executions/1/states").json();
    }

    private JsonNode execution() {
        return http.get("/executors/1").json().get(0);
    }
}
