package dev.remora.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.examples.http.HttpFixture.Answer;
import dev.remora.model.RunRequest;
import dev.remora.model.WorkflowJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each request of the origin's page, and what it says of the answer. */
class ApiTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String DEFINITION = """
            {"nodes": [
               {"name": "node1", "type": "ECHO", "desc": "says it", "parameter": {"say": "year ${year}"},
                "dep": ["nodex", "nodey"], "extras": {"color": "red"}},
               {"name": "nodex", "type": "COUNT", "parameter": {"to": 25}},
               {"name": "nodey", "type": "VIRTUAL"}],
             "userDefParams": [{"prop": "year", "value": "$[yyyy]"}]}
            """;

    /** The fields that the page lists; an execution of the list and of the detail has them. */
    private static final List<String> EXECUTION_FIELDS = List.of(
            "execId",
            "projectName",
            "workflowName",
            "execType",
            "submitTime",
            "startTime",
            "endTime",
            "scheduleTime",
            "duration",
            "submitUser",
            "proxyUser",
            "queue",
            "status",
            "owner",
            "extras");

    private static final List<String> NODE_FIELDS = List.of(
            "name",
            "desc",
            "type",
            "startTime",
            "endTime",
            "parameter",
            "duration",
            "status",
            "appLinks",
            "jobId",
            "dep",
            "extras");

    @TempDir
    private Path directory;

    private HttpFixture http;

    @BeforeEach
    void start() throws IOException {
        http = new HttpFixture(directory);
        http.remora().as("olga").workflows().save("shop", "nightly", WorkflowJson.parse(DEFINITION));
    }

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void aSavedWorkflowRunsWithEveryParameterOfThePage() throws InterruptedException {
        Answer answer = http.postForm(
                "/executors",
                "projectName",
                "shop",
                "workflowName",
                "nightly",
                "schedule",
                "{\"startDate\": 1468391778000, \"endDate\": 1468391778000, \"crontab\": \"0 0 0 * * ? *\"}",
                "execType",
                "DIRECT",
                "nodeName",
                "node1",
                "nodeDep",
                "NODE_PRE",
                "notifyType",
                "FAILURE",
                "failurePolicy",
                "CONTINUE",
                "notifyMails",
                "[\"a@example.org\",\"b@example.org\"]",
                "timeout",
                "1800");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.json().properties()).hasSize(1);
        JsonNode ids = answer.json().get("execIds");
        assertThat(ids.isArray()).isTrue();
        assertThat(ids).hasSize(1);
        JsonNode execution = ended(ids.get(0).asLong());
        assertThat(execution.get("status").asInt()).isEqualTo(4);
        assertThat(execution.get("submitUser").asText()).isEqualTo("ada");
        assertThat(execution.get("owner").asText()).isEqualTo("olga");
        assertThat(execution.get("failurePolicy").asText()).isEqualTo("CONTINUE");
        assertThat(execution.get("timeout").asInt()).isEqualTo(1800);
        assertThat(execution.get("notifyType").asText()).isEqualTo("FAILURE");
        assertThat(execution.get("notifyMails")).hasSize(2);
        assertThat(execution.get("nodeDep").asText()).isEqualTo("NODE_PRE");
    }

    @Test
    void parametersMayStandInTheAddressAndHaveTheDefaultsOfThePage() throws InterruptedException {
        Answer answer = http.post("/executors?projectName=shop&workflowName=nightly&nodeName=&timeout=");

        assertThat(answer.status()).isEqualTo(201);
        JsonNode execution = ended(answer.json().get("execIds").get(0).asLong());
        assertThat(execution.get("execType").asText()).isEqualTo("DIRECT");
        assertThat(execution.get("failurePolicy").asText()).isEqualTo("END");
        assertThat(execution.get("nodeDep").asText()).isEqualTo("NODE_ONLY");
        assertThat(execution.get("nodeName")).isEmpty();
        assertThat(execution.get("timeout").isNull()).isTrue();
        execution
                .get("data")
                .get("nodes")
                .forEach(node -> assertThat(node.get("status").asInt()).isEqualTo(4));
    }

    @Test
    void oneNodeRunsAloneAndSeveralMayBeNamed() throws InterruptedException {
        assertThat(statusesAfter("nodeName", "nodey")).containsExactly(9, 9, 4);
        assertThat(statusesAfter("nodeName", "nodex", "nodeDep", "NODE_POST")).containsExactly(4, 4, 9);
        assertThat(statusesAfter("nodeName", "nodex, nodey")).containsExactly(9, 4, 4);
        assertThat(statusesAfter("nodeName", "[\"nodex\", \"node1\"]")).containsExactly(4, 4, 9);
    }

    @Test
    void theListHasTheFieldsOfThePage() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            run();
        }

        Answer answer = http.get("/executors?startDate=0&endDate=4102444800000&projectName=shop"
                + "&workflowName=" + HttpFixture.encode("[\"nigh\", \"other\"]")
                + "&status=" + HttpFixture.encode("[2,3,4]") + "&from=1&size=2");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("total").asInt()).isEqualTo(3);
        assertThat(answer.json().get("length").asInt()).isEqualTo(2);
        assertThat(answer.json().get("executions")).hasSize(2).allSatisfy(execution -> {
            assertThat(names(execution)).startsWith(EXECUTION_FIELDS.toArray(String[]::new));
            assertThat(execution.get("submitTime").isIntegralNumber()).isTrue();
            assertThat(execution.get("duration").isIntegralNumber()).isTrue();
            assertThat(execution.get("status").asInt()).isEqualTo(4);
            assertThat(execution.has("data")).isFalse();
        });
        assertThat(execIds(answer)).containsExactly(2L, 1L);
    }

    @Test
    void theListIsFilteredByEachParameterAlone() throws InterruptedException {
        long execId = run();
        long time = ended(execId).get("submitTime").asLong();
        String[] matching = {
            "",
            "startDate=" + time,
            "endDate=" + time,
            "projectName=shop",
            "workflowName=nightly",
            "workflowName=" + HttpFixture.encode("[]"),
            "status=4",
            "status=" + HttpFixture.encode("[4]"),
            "from=0",
            "size=1000",
            "execType=DIRECT",
            "submitUser=ada"
        };
        String[] others = {
            "startDate=" + (time + 1),
            "endDate=" + (time - 1),
            "projectName=shopp",
            "workflowName=ightly",
            "workflowName=NIGHTLY",
            "workflowName=" + HttpFixture.encode("nightl_"),
            "workflowName=" + HttpFixture.encode("%"),
            "status=6",
            "execType=SCHEDULER",
            "submitUser=olga"
        };

        for (String query : matching) {
            Answer answer = http.get("/executors?" + query);
            assertThat(answer.status()).as(query).isEqualTo(200);
            assertThat(execIds(answer)).as(query).containsExactly(execId);
        }
        for (String query : others) {
            Answer answer = http.get("/executors?" + query);
            assertThat(answer.status()).as(query).isEqualTo(200);
            assertThat(answer.json().get("total").asInt()).as(query).isZero();
            assertThat(execIds(answer)).as(query).isEmpty();
        }
    }

    @Test
    void aListGoesOnAtNextWithoutRepeating() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            run();
        }

        Answer first = http.get("/executors?size=3");
        run();
        Answer second =
                http.get("/executors?size=3&after=" + first.json().get("next").asText());

        assertThat(execIds(first)).containsExactly(5L, 4L, 3L);
        assertThat(execIds(second)).containsExactly(2L, 1L);
        assertThat(second.json().get("next").isNull()).isTrue();
        assertThat(second.json().get("total").asInt()).isEqualTo(6);
    }

    @Test
    void theDetailIsAnArrayOfOneWithTheFieldsOfThePage() throws InterruptedException {
        long execId = run();

        Answer answer = http.get("/executors/" + execId);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().isArray()).isTrue();
        assertThat(answer.json()).hasSize(1);
        JsonNode execution = answer.json().get(0);
        assertThat(names(execution)).containsAll(EXECUTION_FIELDS);
        JsonNode node = execution.get("data").get("nodes").get(0);
        assertThat(names(node)).startsWith(NODE_FIELDS.toArray(String[]::new));
        assertThat(node.get("name").asText()).isEqualTo("node1");
        assertThat(node.get("desc").asText()).isEqualTo("says it");
        assertThat(node.get("type").asText()).isEqualTo("ECHO");
        assertThat(node.get("parameter").toString()).isEqualTo("{\"say\":\"year ${year}\"}");
        assertThat(node.get("resolvedParameter").get("say").asText()).matches("year \\d{4}");
        assertThat(node.get("dep").toString()).isEqualTo("[\"nodex\",\"nodey\"]");
        assertThat(node.get("extras").toString()).isEqualTo("{\"color\":\"red\"}");
        assertThat(node.get("status").asInt()).isEqualTo(4);
        assertThat(node.get("startTime").asLong()).isPositive();
        assertThat(node.get("endTime").asLong()).isPositive();
        assertThat(node.get("duration").isIntegralNumber()).isTrue();
        assertThat(node.get("appLinks").isArray()).isTrue();
        assertThat(node.get("jobId").asText()).isEqualTo(execId + "-node1");
        assertThat(execution.get("data").get("userDefParams").toString())
                .isEqualTo("[{\"prop\":\"year\",\"value\":\"$[yyyy]\"}]");
    }

    @Test
    void theLogHasTheFieldsOfThePageAndItsDefaults() throws InterruptedException {
        long execId = run();

        Answer answer = http.get("/executors/" + execId + "-nodex/logs?from=3&size=10&query=line");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(names(answer.json())).containsExactly("total", "length", "took", "content");
        assertThat(answer.json().get("total").asInt()).isEqualTo(25);
        assertThat(answer.json().get("length").asInt()).isEqualTo(10);
        assertThat(answer.json().get("content")).hasSize(10);
        assertThat(answer.json().get("content").get(0).asText()).isEqualTo("line 3");
        JsonNode all = http.get("/executors/" + execId + "-nodex/logs").json();
        assertThat(all.get("length").asInt()).isEqualTo(25);
        JsonNode some =
                http.get("/executors/" + execId + "-nodex/logs?query=1&from=1").json();
        assertThat(some.get("total").asInt()).isEqualTo(12);
        assertThat(some.get("content").get(0).asText()).isEqualTo("line 10");
    }

    @Test
    void killedIsWhatRuns() throws InterruptedException {
        Answer started = http.postMultipart("/executors/direct", direct("held", """
                {"nodes": [{"name": "hold", "type": "HOLD"}]}
                """));
        long execId = started.json().get("execId").asLong();

        Answer answer = http.post("/executors/" + execId + "/kill");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(ended(execId).get("status").asInt()).isEqualTo(5);
        assertThat(http.post("/executors/" + execId + "/kill").status())
                .as("a second kill does nothing")
                .isEqualTo(201);
    }

    static MultipartBody direct(String workflow, String data) {
        return new MultipartBody()
                .text("projectName", "shop")
                .text("workflowName", workflow)
                .text("data", data);
    }

    private List<Integer> statusesAfter(String... pairs) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of("projectName", "shop", "workflowName", "nightly"));
        all.addAll(List.of(pairs));
        Answer answer = http.postForm("/executors", all.toArray(String[]::new));
        assertThat(answer.status()).isEqualTo(201);
        List<Integer> statuses = new ArrayList<>();
        ended(answer.json().get("execIds").get(0).asLong())
                .get("data")
                .get("nodes")
                .forEach(node -> statuses.add(node.get("status").asInt()));
        return statuses;
    }

    private long run() throws InterruptedException {
        long execId = http.remora().as("ada").executor().run(RunRequest.of("shop", "nightly"));
        ended(execId);
        return execId;
    }

    private JsonNode ended(long execId) throws InterruptedException {
        Optional<?> end = http.remora().query().await(execId, PATIENCE);
        assertThat(end).isPresent();
        return http.get("/executors/" + execId).json().get(0);
    }

    private static List<Long> execIds(Answer answer) {
        List<Long> ids = new ArrayList<>();
        answer.json()
                .get("executions")
                .forEach(execution -> ids.add(execution.get("execId").asLong()));
        return ids;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
