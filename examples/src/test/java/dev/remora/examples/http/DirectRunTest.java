package dev.remora.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.examples.http.HttpFixture.Answer;
import dev.remora.model.Workflow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code POST /executors/direct}, and saving a workflow. */
class DirectRunTest {
    private static final String SAYS = """
            {"nodes": [{"name": "%s", "type": "ECHO", "parameter": {"say": "hello"}}]}
            """;

    @TempDir
    private Path directory;

    private HttpFixture http;

    @BeforeEach
    void start() throws IOException {
        http = new HttpFixture(directory);
    }

    @AfterEach
    void stop() {
        assertThat(http.uploads()).as("what uploads have left").isEmpty();
        http.close();
    }

    @Test
    void aDefinitionRunsWithEveryParameterOfThePage() throws InterruptedException {
        Answer answer = http.postMultipart(
                "/executors/direct",
                ApiTest.direct("once", SAYS.formatted("fromData"))
                        .text("proxyUser", "bdi")
                        .text("queue", "myqueue")
                        .text("failurePolicy", "CONTINUE")
                        .text("notifyType", "ALL")
                        .text("notifyMails", "[\"a@example.org\"]")
                        .text("timeout", "60")
                        .text("extras", "{\"ticket\":7,\"ratio\":1.50}"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text()).isEqualTo("{\"execId\":1}");
        JsonNode execution = ended(1);
        assertThat(execution.get("status").asInt()).isEqualTo(4);
        assertThat(execution.get("execType").asText()).isEqualTo("DIRECT");
        assertThat(execution.get("proxyUser").asText()).isEqualTo("bdi");
        assertThat(execution.get("queue").asText()).isEqualTo("myqueue");
        assertThat(execution.get("timeout").asInt()).isEqualTo(60);
        assertThat(http.get("/executors/1").text()).contains("\"extras\":{\"ticket\":7,\"ratio\":1.50}");
        assertThat(nodeOf(execution)).isEqualTo("fromData");
    }

    @Test
    void anArchiveRuns() throws IOException, InterruptedException {
        Answer answer = http.postMultipart(
                "/executors/direct",
                new MultipartBody()
                        .file("file", zip(SAYS.formatted("fromFile")))
                        .text("projectName", "shop")
                        .text("workflowName", "packed"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(nodeOf(ended(1))).isEqualTo("fromFile");
    }

    @Test
    void ofBothTheArchiveCounts() throws IOException, InterruptedException {
        Answer answer = http.postMultipart(
                "/executors/direct",
                ApiTest.direct("both", "not even JSON").file("file", zip(SAYS.formatted("packed"))));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(nodeOf(ended(1))).isEqualTo("packed");
    }

    @Test
    void aFileThatNobodyChoseIsNone() throws InterruptedException {
        Answer answer = http.postMultipart(
                "/executors/direct",
                ApiTest.direct("chosen", SAYS.formatted("fromData")).file("file", new byte[0]));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(nodeOf(ended(1))).isEqualTo("fromData");
    }

    @Test
    void withNeitherItIsRefused() {
        Answer answer = http.postMultipart(
                "/executors/direct",
                new MultipartBody().text("projectName", "shop").text("workflowName", "none"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("problems").get(0).get("path").asText()).isEqualTo("data");
        assertNothingRan();
    }

    @Test
    void aNameThatExistsIsAConflict() throws InterruptedException {
        http.remora()
                .workflows()
                .save("shop", "saved", Workflow.builder().node("a", "VIRTUAL").build());

        Answer saved = http.postMultipart("/executors/direct", ApiTest.direct("saved", SAYS.formatted("a")));

        assertThat(saved.status()).isEqualTo(409);
        assertThat(saved.json().get("code").asText()).isEqualTo("ALREADY_EXISTS");
        assertNothingRan();
        assertThat(http.postMultipart("/executors/direct", ApiTest.direct("once", SAYS.formatted("a")))
                        .status())
                .isEqualTo(201);
        ended(1);
        assertThat(http.postMultipart("/executors/direct", ApiTest.direct("once", SAYS.formatted("a")))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void everyProblemOfADefinitionIsSaidWithItsPath() {
        Answer answer = http.postMultipart("/executors/direct", ApiTest.direct("wrong", """
                {"nodes": [{"name": "a", "type": "NONE"}, {"name": "b", "type": "VIRTUAL", "dep": ["c"]}]}
                """));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("code").asText()).isEqualTo("VALIDATION");
        assertThat(answer.json().get("problems"))
                .anySatisfy(problem -> assertThat(problem.get("path").asText()).isEqualTo("nodes[1].dep[0]"));
        assertNothingRan();
    }

    @Test
    void anArchiveThatLeavesTheDirectoryIsRefused() throws IOException {
        Answer answer = http.postMultipart(
                "/executors/direct",
                new MultipartBody()
                        .text("projectName", "shop")
                        .text("workflowName", "evil")
                        .file("file", zip(Map.of("workflow.json", SAYS.formatted("a"), "../../evil.sh", "rm -rf /"))));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("../../evil.sh");
        assertNothingRan();
    }

    @Test
    void aParameterThatThereIsNotIsRefused() {
        Answer answer = http.postMultipart(
                "/executors/direct", ApiTest.direct("typo", SAYS.formatted("a")).text("timeOut", "60"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("message").asText()).contains("timeOut", "timeout");
        assertNothingRan();
    }

    @Test
    void theSameIdempotencyKeyRunsOnce() {
        MultipartBody once = ApiTest.direct("keyed", SAYS.formatted("a")).text("idempotencyKey", "k1");

        Answer first = http.postMultipart("/executors/direct", once);
        Answer again = http.postMultipart("/executors/direct", once);
        Answer other = http.postMultipart(
                "/executors/direct",
                ApiTest.direct("other", SAYS.formatted("b")).text("idempotencyKey", "k1"));

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().get("code").asText()).isEqualTo("IDEMPOTENCY_CONFLICT");
    }

    @Test
    void aWorkflowIsSavedFromADefinitionAndFromAnArchive() throws IOException {
        Answer first = put("application/json", SAYS.formatted("a").getBytes(StandardCharsets.UTF_8));
        Answer second = put("application/zip", zip(SAYS.formatted("b")));
        Answer wrong = put("application/json", "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text()).isEqualTo("{\"projectName\":\"shop\",\"workflowName\":\"nightly\",\"version\":2}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(http.post("/executors?projectName=shop&workflowName=nightly").text())
                .isEqualTo("{\"execIds\":[1]}");
    }

    private Answer put(String type, byte[] body) {
        return http.send(HttpRequest.newBuilder(http.uri("/workflows/shop/nightly"))
                .header("Content-Type", type)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private void assertNothingRan() {
        assertThat(http.get("/executors").json().get("total").asInt()).isZero();
    }

    private JsonNode ended(long execId) throws InterruptedException {
        assertThat(http.remora().query().await(execId, Duration.ofSeconds(20))).isPresent();
        return http.get("/executors/" + execId).json().get(0);
    }

    private static String nodeOf(JsonNode execution) {
        return execution.get("data").get("nodes").get(0).get("name").asText();
    }

    private static byte[] zip(String definition) throws IOException {
        return zip(Map.of("workflow.json", definition));
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
