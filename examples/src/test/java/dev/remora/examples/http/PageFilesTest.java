package dev.remora.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.examples.http.HttpFixture.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the page, without a browser. */
class PageFilesTest {
    @TempDir
    private Path directory;

    @Test
    void everyFileIsServedAndOnlyThose() throws IOException {
        try (HttpFixture http = new HttpFixture(directory)) {
            files().forEach((name, text) -> {
                Answer answer = http.get("/page/" + name);
                assertThat(answer.status()).as(name).isEqualTo(200);
                assertThat(answer.text()).isEqualTo(text);
                assertThat(http.send(HttpRequest.newBuilder(http.uri("/page/" + name))
                                        .header("If-None-Match", answer.header("ETag")))
                                .status())
                        .isEqualTo(304);
            });
            assertThat(http.get("/page/").text()).isEqualTo(files().get("index.html"));
            assertThat(http.get("/page/package-info.class").status()).isEqualTo(404);
            assertThat(http.get("/").header("Location")).isEqualTo("/page/");
        }
    }

    @Test
    void nothingOfThePageIsAllowedToComeFromElsewhereOrToRunInline() throws IOException {
        try (HttpFixture http = new HttpFixture(directory)) {
            for (String path : List.of("/page/", "/page/app.js", "/executors", "/nothing")) {
                Answer answer = http.get(path);
                assertThat(answer.header("Content-Security-Policy"))
                        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe");
                assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
                assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            }
        }
    }

    @Test
    void theModulesPutNothingIntoThePageAsMarkup() {
        files().forEach((name, text) -> {
            assertThat(text)
                    .as(name)
                    .doesNotContainPattern(
                            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function");
            assertThat(text.replace("http://www.w3.org/2000/svg", ""))
                    .as("addresses of other servers in " + name)
                    .doesNotContainPattern("https?://[\\w.]");
            assertThat(text).as(name).doesNotContainPattern("<script(?! type=\"module\" src=)|<style|\\son\\w+=\"");
        });
    }

    @Test
    void everyModuleThatIsImportedIsThere() {
        Map<String, String> files = files();

        files.forEach((name, text) -> text.lines()
                .filter(line -> line.startsWith("import ") || line.startsWith("} from "))
                .map(line -> line.replaceFirst(".*from '\\./(.*)';", "$1"))
                .forEach(module -> assertThat(files).as("imported by " + name).containsKey(module)));
    }

    private static Map<String, String> files() {
        try (Stream<Path> files =
                Files.list(Path.of(PageFiles.class.getResource("page").toURI()))) {
            return files.collect(Collectors.toMap(file -> file.getFileName().toString(), PageFilesTest::text));
        } catch (IOException | URISyntaxException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
