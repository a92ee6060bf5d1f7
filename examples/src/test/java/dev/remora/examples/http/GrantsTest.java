package dev.remora.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.examples.http.HttpFixture.Answer;
import dev.remora.model.AccessRight;
import dev.remora.model.Grant;
import dev.remora.model.Project;
import dev.remora.spi.AccessPolicy;
import dev.remora.spi.ProjectScope;
import dev.remora.spi.Storage;
import dev.remora.storage.jdbc.JdbcStorage;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each user may do over HTTP, with a file of projects. */
class GrantsTest {
    private static final List<String> USERS = List.of("mallory", "eve", "olga", "wilma", "ada");
    private static final String RIGHTS = """
            # the shop
            shop:OWN:ada
            shop:WRITE:wilma
            shop:EXECUTE:olga
            shop:READ:eve

            other:OWN:mallory
            """;
    private static final String ENDS = """
            {"nodes": [{"name": "a", "type": "ECHO", "parameter": {"say": "hello"}}]}
            """;
    private static final String HOLDS = """
            {"nodes": [{"name": "a", "type": "HOLD"}]}
            """;

    @TempDir
    private Path directory;

    private Storage storage;
    private HttpFixture http;

    @BeforeEach
    void start() throws IOException {
        storage = JdbcStorage.h2(directory.resolve("remora"));
        file(RIGHTS).apply(storage.projects(), Instant.EPOCH);
        http = new HttpFixture(
                directory,
                Users.fromHeader("X-User"),
                HttpLimits.DEFAULT,
                builder -> builder.storage(storage).access(AccessPolicy.grants()));
    }

    @AfterEach
    void stop() {
        http.close();
    }

    private ProjectFile file(String text) throws IOException {
        return ProjectFile.read(Files.writeString(directory.resolve("projects"), text));
    }

    private Answer as(String user, String method, String path, HttpRequest.BodyPublisher body, String type) {
        return http.send(HttpRequest.newBuilder(http.uri(path))
                .method(method, body)
                .header("Content-Type", type)
                .header("X-User", user));
    }

    private Answer as(String user, String method, String path) {
        return as(user, method, path, HttpRequest.BodyPublishers.noBody(), "application/x-www-form-urlencoded");
    }

    private Answer save(String user, String path, String definition) {
        return as(user, "PUT", path, HttpRequest.BodyPublishers.ofString(definition), "application/json");
    }

    private Answer direct(String user, String workflow) {
        MultipartBody body = ApiTest.direct(workflow, ENDS);
        HttpRequest.BodyPublisher bytes = HttpRequest.BodyPublishers.ofByteArray(body.bytes());
        return as(user, "POST", "/executors/direct", bytes, body.contentType());
    }

    private long run(String workflow, String definition) {
        save("ada", "/workflows/shop/" + workflow, definition);
        Answer answer = as("ada", "POST", "/executors?projectName=shop&workflowName=" + workflow);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().get("execIds").get(0).asLong();
    }

    /** Sends what a route answers, for an execution that runs or one that has ended. */
    private Answer send(String user, String route, long running, long ended, String fresh) {
        return switch (route) {
            case "POST /executors" -> as(user, "POST", "/executors?projectName=shop&workflowName=ends");
            case "POST /executors/direct" -> direct(user, fresh);
            case "GET /executors" -> as(user, "GET", "/executors?projectName=shop");
            case "GET /executors/*" -> as(user, "GET", "/executors/" + ended);
            case "GET /executors/*/logs" -> as(user, "GET", "/executors/" + ended + "-a/logs");
            case "POST /executors/*/kill", "POST /executors/*/pause", "POST /executors/*/resume" ->
                as(user, "POST", "/executors/" + running + route.substring(route.lastIndexOf('/')));
            case "POST /executors/*/rerun" -> as(user, "POST", "/executors/" + ended + "/rerun?scope=ALL");
            case "PUT /workflows/*/*" -> save(user, "/workflows/shop/" + fresh, ENDS);
            case "GET /page/executions/*/graph", "GET /page/executions/*/states" ->
                as(user, "GET", route.substring(4).replace("*", Long.toString(ended)));
            case "GET /page/executions/*/nodes/*" -> as(user, "GET", "/page/executions/" + ended + "/nodes/a");
            case "GET /page/user" -> as(user, "GET", "/page/user");
            default -> throw new AssertionError("nothing is said about " + route);
        };
    }

    /** The statuses for nobody, and for those who may read, execute and write, and for the owner. */
    private static Map<String, List<Integer>> statuses() {
        List<Integer> everybody = List.of(200, 200, 200, 200, 200);
        List<Integer> reading = List.of(404, 200, 200, 200, 200);
        List<Integer> starting = List.of(403, 403, 201, 201, 201);
        List<Integer> steering = List.of(404, 403, 201, 201, 201);
        Map<String, List<Integer>> statuses = new LinkedHashMap<>();
        statuses.put("POST /executors", starting);
        statuses.put("POST /executors/direct", starting);
        statuses.put("GET /executors", everybody);
        statuses.put("GET /executors/*", reading);
        statuses.put("GET /executors/*/logs", reading);
        statuses.put("POST /executors/*/kill", steering);
        statuses.put("POST /executors/*/pause", steering);
        statuses.put("POST /executors/*/resume", steering);
        statuses.put("POST /executors/*/rerun", steering);
        statuses.put("PUT /workflows/*/*", List.of(403, 403, 403, 201, 201));
        statuses.put("GET /page/executions/*/graph", reading);
        statuses.put("GET /page/executions/*/states", reading);
        statuses.put("GET /page/executions/*/nodes/*", reading);
        statuses.put("GET /page/user", everybody);
        return statuses;
    }

    @Test
    void everyRequestForEveryUser() throws InterruptedException {
        Set<String> served = Stream.concat(Api.routes(directory).stream(), PageData.routes().stream())
                .map(route -> route.method() + " /" + String.join("/", route.path()))
                .collect(Collectors.toSet());
        assertThat(statuses().keySet()).isEqualTo(served);

        int number = 0;
        long ended = ended();
        for (Map.Entry<String, List<Integer>> row : statuses().entrySet()) {
            for (int user = 0; user < USERS.size(); user++) {
                number++;
                long running = row.getKey().matches(".*/(kill|pause|resume)") ? run("holds" + number, HOLDS) : 0;
                ended = row.getKey().endsWith("rerun") ? ended() : ended;
                Answer answer = send(USERS.get(user), row.getKey(), running, ended, "fresh" + number);
                assertThat(answer.status())
                        .as("%s by %s: %s", row.getKey(), USERS.get(user), answer.text())
                        .isEqualTo(row.getValue().get(user));
            }
        }
    }

    private long ended() throws InterruptedException {
        long execId = run("ends", ENDS);
        assertThat(http.remora().as("ada").query().await(execId, Duration.ofSeconds(30)))
                .isPresent();
        return execId;
    }

    @Test
    void aRefusalSaysWhoAndWhatAndWhereAndNothingElse() {
        long running = run("holds", HOLDS);

        Answer kill = as("eve", "POST", "/executors/" + running + "/kill");
        assertThat(kill.json().get("code").asText()).isEqualTo("ACCESS_DENIED");
        assertThat(kill.json().get("message").asText()).isEqualTo("user eve may not kill an execution in project shop");
        Answer hidden = as("mallory", "POST", "/executors/" + running + "/kill");
        Answer absent = as("mallory", "POST", "/executors/999999/kill");
        assertThat(hidden.text().replace(Long.toString(running), "999999")).isEqualTo(absent.text());
        Answer there = save("mallory", "/workflows/shop/holds", ENDS);
        Answer nowhere = save("mallory", "/workflows/nowhere/holds", ENDS);
        assertThat(nowhere.status()).isEqualTo(403);
        assertThat(there.text().replace("shop", "nowhere")).isEqualTo(nowhere.text());
    }

    @Test
    void aListCountsWhatItsReaderMayRead() {
        run("ends", ENDS);
        run("ends", ENDS);
        assertThat(save("mallory", "/workflows/other/ends", ENDS).status()).isEqualTo(201);
        assertThat(as("mallory", "POST", "/executors?projectName=other&workflowName=ends")
                        .status())
                .isEqualTo(201);

        assertThat(totals("/executors")).isEqualTo(List.of(1, 2, 2, 2, 2));
        assertThat(totals("/executors?projectName=shop")).isEqualTo(List.of(0, 2, 2, 2, 2));
        assertThat(totals("/executors?submitUser=ada&size=1")).isEqualTo(List.of(0, 2, 2, 2, 2));
    }

    private List<Integer> totals(String path) {
        List<Integer> totals = new ArrayList<>();
        for (String user : USERS) {
            JsonNode list = as(user, "GET", path).json();
            totals.add(list.get("total").asInt());
        }
        return totals;
    }

    @Test
    void theFileIsWhatHoldsFromTheNextStart() throws IOException {
        file("shop:OWN:wilma\nshop:READ:olga\nshop:WRITE:ada lovelace\nnew:OWN:ada\n")
                .apply(storage.projects(), Instant.EPOCH);

        assertThat(storage.projects().list(ProjectScope.everything(), 0, 10))
                .containsExactly(
                        new Project("new", "ada", Instant.EPOCH),
                        new Project("other", "mallory", Instant.EPOCH),
                        new Project("shop", "wilma", Instant.EPOCH));
        assertThat(new HashSet<>(storage.projects().grants("shop", 0, 10)))
                .isEqualTo(Set.of(
                        new Grant("shop", "olga", AccessRight.READ),
                        new Grant("shop", "ada lovelace", AccessRight.WRITE)));
    }

    @Test
    void whatIsWrongWithTheFileIsSaidWithItsLine() {
        for (String line : List.of(
                "shop", "shop:ada", "shop:own:ada", "1shop:OWN:ada", "shop:OWN: ", "shop:OWN:olga", "shop:READ:ada")) {
            assertThatThrownBy(() -> file("shop:OWN:ada\n" + line))
                    .as(line)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("line 2");
        }
        assertThatThrownBy(() -> file("shop:READ:ada")).hasMessageContaining("must say who owns shop");
    }
}
