package dev.remora.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remora.examples.http.HttpFixture.Answer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who a request comes from. */
class UsersTest {
    private static final String DEFINITION = """
            {"nodes": [{"name": "a", "type": "VIRTUAL"}]}
            """;

    @TempDir
    private Path directory;

    @Test
    void aPasswordSaysWhoRuns() throws IOException {
        Path file = Files.writeString(
                directory.resolve("users"),
                "# who may come\n\nada:" + PasswordHash.of("lovelace: 1815") + "\nolga:" + PasswordHash.of("x") + "\n");
        try (HttpFixture http = new HttpFixture(directory, PasswordUsers.read(file), HttpLimits.DEFAULT)) {
            for (int time = 0; time < 2; time++) {
                Answer run =
                        http.send(direct(http, "w" + time).header("Authorization", basic("ada", "lovelace: 1815")));
                assertThat(run.status()).isEqualTo(201);
                Answer execution = http.send(HttpRequest.newBuilder(http.uri("/executors/" + (time + 1)))
                        .header("Authorization", basic("olga", "x")));
                assertThat(execution.json().get(0).get("submitUser").asText()).isEqualTo("ada");
            }
            String[] wrong = {
                "",
                "Basic",
                "Basic ",
                "Basic ???",
                "Bearer x",
                basic("ada", "lovelace"),
                basic("ada", ""),
                basic("olga", "lovelace: 1815"),
                basic("eve", "x"),
                basic("", "x"),
                "Basic " + Base64.getEncoder().encodeToString("ada".getBytes(StandardCharsets.UTF_8))
            };
            for (String header : wrong) {
                for (String path : new String[] {"/executors", "/page/", "/page/user", "/nothing"}) {
                    Answer answer =
                            http.send(HttpRequest.newBuilder(http.uri(path)).header("Authorization", header));
                    assertThat(answer.status()).as(header + " " + path).isEqualTo(401);
                    assertThat(answer.header("WWW-Authenticate")).startsWith("Basic realm=");
                    assertThat(answer.json().get("status").asInt()).isEqualTo(401);
                }
            }
        }
    }

    @Test
    void aProxyMaySayWhoItIs() throws IOException {
        try (HttpFixture http = new HttpFixture(directory, Users.fromHeader("X-User"), HttpLimits.DEFAULT)) {
            assertThat(http.get("/executors").status()).isEqualTo(401);
            assertThat(http.send(HttpRequest.newBuilder(http.uri("/executors")).header("X-User", " "))
                            .status())
                    .isEqualTo(401);
            Answer who =
                    http.send(HttpRequest.newBuilder(http.uri("/page/user")).header("X-User", "ada"));
            assertThat(who.text()).isEqualTo("{\"user\":\"ada\"}");
        }
    }

    @Test
    void aFileOfUsersThatIsWrongIsRefusedWithItsLine() throws IOException {
        for (String line : new String[] {"ada", "ada:secret", ":" + PasswordHash.of("x"), "ada:QQ==$QQ=="}) {
            Path file = Files.writeString(directory.resolve("users"), "# first\n" + line + "\n");
            assertThatThrownBy(() -> PasswordUsers.read(file)).hasMessageContaining("line 2");
        }
    }

    private static HttpRequest.Builder direct(HttpFixture http, String workflow) {
        MultipartBody body = ApiTest.direct(workflow, DEFINITION);
        return HttpRequest.newBuilder(http.uri("/executors/direct"))
                .header("Content-Type", body.contentType())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.bytes()));
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
