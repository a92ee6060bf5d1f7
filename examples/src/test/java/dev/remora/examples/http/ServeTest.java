package dev.remora.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process of its own, with everything in a directory. */
class ServeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    @Test
    void whatWasAcceptedSurvivesTheDeathOfTheServer() throws IOException, InterruptedException {
        Path go = directory.resolve("go");
        try (Server first = new Server(directory.resolve("data"))) {
            first.direct("ended", "echo first; echo size=3 > $REMORA_OUTPUT");
            await().atMost(PATIENCE)
                    .until(() -> first.execution(1).get("status").asInt() == 4);
            first.direct("held", "echo before; while [ ! -e '" + go + "' ]; do sleep 0.1; done; echo after");
            await().atMost(PATIENCE)
                    .until(() ->
                            first.get("/executors/2-main/logs").get("total").asInt() == 1);
            first.kill();
        }

        try (Server second = new Server(directory.resolve("data"))) {
            assertThat(second.get("/executors").get("total").asInt()).isEqualTo(2);
            JsonNode ended = second.execution(1);
            assertThat(ended.get("status").asInt()).isEqualTo(4);
            assertThat(ended.get("data").get("nodes").get(0).get("outputs").toString())
                    .isEqualTo("{\"size\":\"3\"}");
            assertThat(second.get("/executors/1-main/logs").get("content").toString())
                    .isEqualTo("[\"first\"]");
            assertThat(second.execution(2).get("status").asInt()).isEqualTo(3);

            Files.createFile(go);

            await().atMost(PATIENCE)
                    .until(() -> second.execution(2).get("status").asInt() == 4);
            assertThat(second.get("/executors/2-main/logs").get("content").toString())
                    .as("the log of a job that outlived its server")
                    .isEqualTo("[\"before\",\"after\"]");
            assertThat(second.execution(2)
                            .get("data")
                            .get("nodes")
                            .get(0)
                            .get("attempt")
                            .asInt())
                    .isEqualTo(1);
            assertThat(second.end()).isTrue();
        }
    }

    @Test
    void anAddressThatOthersReachNeedsUsers() throws IOException, InterruptedException {
        Process process = Server.process("--address", "0.0.0.0", "--port", "0", "--data", directory.toString());
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(said).contains("--users", "--user-header");
    }

    @Test
    void whatIsWrongWithTheOptionsIsSaid() throws Exception {
        for (String[] wrong : new String[][] {
            {"--port"},
            {"--port", "70000"},
            {"--port", "x"},
            {"--speed", "1"},
            {"--port", "1", "--port", "2"},
            {"--users", "a", "--user-header", "b"},
            {"--projects"}
        }) {
            assertThatThrownBy(() -> ServeArguments.parse(wrong))
                    .isInstanceOf(ServeArguments.UsageException.class)
                    .hasMessageContaining("usage:");
        }
        assertThat(ServeArguments.parse().port()).isEqualTo(8080);
        assertThat(ServeArguments.parse().address()).isEqualTo("127.0.0.1");
        assertThat(ServeArguments.parse().projects()).isEmpty();
        assertThat(ServeArguments.parse("--projects", "rights").projects()).contains(Path.of("rights"));
        assertThat(ServeArguments.parse("--host", "Remora.Example").host()).contains("remora.example");
    }

    /** A running server. */
    private static final class Server implements AutoCloseable {
        private static final ObjectMapper MAPPER = new ObjectMapper();
        private final HttpClient client = HttpClient.newHttpClient();
        private final Process process;
        private final String base;

        Server(Path data) throws IOException {
            process = process("--port", "0", "--data", data.toString());
            BufferedReader out = process.inputReader();
            String line = out.readLine();
            assertThat(line).startsWith("Remora serves http://127.0.0.1:").contains(data.toString());
            base = line.replaceFirst("^Remora serves (\\S+)/ .*", "$1");
        }

        static Process process(String... args) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Serve.class.getName()));
            command.addAll(List.of(args));
            return new ProcessBuilder(command)
                    .redirectError(
                            List.of(args).contains("0.0.0.0")
                                    ? ProcessBuilder.Redirect.PIPE
                                    : ProcessBuilder.Redirect.INHERIT)
                    .start();
        }

        void direct(String workflow, String script) throws IOException, InterruptedException {
            String definition = MAPPER.writeValueAsString(MAPPER.createObjectNode()
                    .set(
                            "nodes",
                            MAPPER.createArrayNode()
                                    .add(MAPPER.createObjectNode()
                                            .put("name", "main")
                                            .put("type", "SHELL")
                                            .set(
                                                    "parameter",
                                                    MAPPER.createObjectNode().put("script", script)))));
            MultipartBody body = ApiTest.direct(workflow, definition);
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(base + "/executors/direct"))
                            .header("Content-Type", body.contentType())
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body.bytes()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }

        JsonNode get(String path) throws IOException, InterruptedException {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(base + path)).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return MAPPER.readTree(answer.body());
        }

        JsonNode execution(long execId) throws IOException, InterruptedException {
            return get("/executors/" + execId).get(0);
        }

        /** Ends it like a power cut. */
        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        /** Asks it to end, and tells whether it did. */
        boolean end() throws InterruptedException {
            process.destroy();
            return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
