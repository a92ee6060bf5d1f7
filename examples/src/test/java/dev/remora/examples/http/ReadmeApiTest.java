package dev.remora.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.job.ShellJobType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says of the server holds. */
class ReadmeApiTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(GET|POST|PUT) (/\\S*)` \\|");
    private static final Pattern FIELD = Pattern.compile("-F (\\w+)=('[^']*'|\\S+)");
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:8080(/executors\\S*)");

    @TempDir
    private Path directory;

    @Test
    void everyRequestIsInTheTable() throws IOException {
        List<String> listed = ROW.matcher(readme())
                .results()
                .map(row -> row.group(1) + " " + row.group(2).replaceAll("\\{\\w+}", "*"))
                .toList();
        List<Route> served = new ArrayList<>(Api.routes(directory));
        try (HttpFixture http = new HttpFixture(directory)) {
            served.addAll(StateEndpoints.routes(http.remora(), new SimpleMeterRegistry()));
        }

        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(served.stream()
                        .map(route -> route.method() + " /" + String.join("/", route.path()))
                        .toList());
    }

    @Test
    void theCommandsWork() throws IOException, InterruptedException {
        String readme = readme();
        MultipartBody form = new MultipartBody();
        for (MatchResult field : FIELD.matcher(readme).results().toList()) {
            form.text(field.group(1), field.group(2).replaceAll("^'|'$", ""));
        }
        List<String> paths = ADDRESS.matcher(readme)
                .results()
                .map(address -> address.group(1))
                .toList();
        assertThat(paths).hasSize(2);
        try (HttpFixture http = new HttpFixture(
                directory,
                Users.everybodyIs("ada"),
                HttpLimits.DEFAULT,
                builder -> builder.jobType(new ShellJobType()))) {
            assertThat(http.send(HttpRequest.newBuilder(http.uri(paths.get(0)))
                                    .header("Content-Type", form.contentType())
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(form.bytes())))
                            .text())
                    .isEqualTo("{\"execId\":1}");
            assertThat(http.remora().query().await(1, Duration.ofSeconds(30))).isPresent();
            assertThat(http.get(paths.get(1)).json().get("content").toString()).isEqualTo("[\"hello\"]");
        }
    }

    private static String readme() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        return Files.readString(
                Files.exists(root.resolve("README.md")) ? root.resolve("README.md") : root.resolveSibling("README.md"));
    }
}
