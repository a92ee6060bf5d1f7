package dev.remora.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that are longer than a page, and jobs with names of any script. */
class LogEndpointTest {
    @TempDir
    private static Path directory;

    private static HttpFixture http;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        http = new HttpFixture(directory);
        http.postMultipart("/executors/direct", ApiTest.direct("logs", """
                {"nodes": [{"name": "long", "type": "COUNT", "parameter": {"to": 2345}},
                           {"name": "日志.a-1", "type": "ECHO", "parameter": {"say": "</script>\\u0007 中文"}},
                           {"name": "again", "type": "FAIL",
                            "retry": {"maxAttempts": 2, "backoff": "PT0.01S"}}]}
                """).text("failurePolicy", "CONTINUE"));
        assertThat(http.remora().query().await(1, Duration.ofSeconds(20))).isPresent();
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    @Test
    void aPageOfAThousandLinesIsWhole() {
        JsonNode page = http.get("/executors/1-long/logs?from=1000&size=1000").json();

        assertThat(page.get("total").asInt()).isEqualTo(2345);
        assertThat(page.get("length").asInt()).isEqualTo(1000);
        assertThat(page.get("content")).hasSize(1000);
        IntStream.range(0, 1000)
                .forEach(i -> assertThat(page.get("content").get(i).asText()).isEqualTo("line " + (1000 + i)));
    }

    @Test
    void theLastPageIsShortAndOneBeyondIsEmpty() {
        JsonNode last = http.get("/executors/1-long/logs?from=2300").json();
        JsonNode beyond = http.get("/executors/1-long/logs?from=2345").json();

        assertThat(last.get("length").asInt()).isEqualTo(45);
        assertThat(last.get("content")).hasSize(45);
        assertThat(beyond.get("total").asInt()).isEqualTo(2345);
        assertThat(beyond.get("length").asInt()).isZero();
        assertThat(beyond.get("content")).isEmpty();
    }

    @Test
    void aSearchTellsTheNumbersOfTheLinesOnRequest() {
        JsonNode found = http.get("/executors/1-long/logs?regex=" + HttpFixture.encode("line \\d*77$")
                        + "&from=1&size=2&marks=true")
                .json();

        assertThat(found.get("total").asInt()).isEqualTo(23);
        assertThat(found.get("numbers").toString()).isEqualTo("[177,277]");
        assertThat(found.get("attempts").toString()).isEqualTo("[1,1]");
        assertThat(found.get("content").toString()).isEqualTo("[\"line 177\",\"line 277\"]");
    }

    @Test
    void aNodeOfAnyScriptIsFoundByItsJobId() {
        JsonNode log = http.get("/executors/" + HttpFixture.encode("1-日志.a-1") + "/logs")
                .json();

        assertThat(log.get("content").get(0).asText()).isEqualTo("</script>\u0007 中文");
    }

    @Test
    void oneAttemptCanBeAskedFor() {
        JsonNode all = http.get("/executors/1-again/logs?marks=true").json();
        JsonNode second =
                http.get("/executors/1-again/logs?attempt=2&marks=true").json();
        JsonNode third = http.get("/executors/1-again/logs?attempt=3").json();

        assertThat(all.get("attempts").toString()).contains("1", "2");
        assertThat(second.get("attempts").toString()).doesNotContain("1").contains("2");
        assertThat(third.get("total").asInt()).isZero();
    }
}
