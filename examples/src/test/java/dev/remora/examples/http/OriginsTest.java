package dev.remora.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a browser may send for a page, told by the headers that a page cannot set itself. */
class OriginsTest {
    @TempDir
    private static Path directory;

    private static HttpFixture http;

    @BeforeAll
    static void start() throws IOException {
        http = new HttpFixture(directory);
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    /** 404 is what a request gets that is let through: there is no execution 9. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    POST | localhost:PORT | - | - | - | 404
                    POST | localhost:PORT | http://localhost:PORT | same-origin | 1 | 404
                    POST | localhost:PORT | http://localhost:PORT | - | 1 | 404
                    POST | localhost:PORT | http://localhost:PORT | same-origin | - | 403
                    POST | localhost:PORT | - | same-origin | - | 403
                    POST | localhost:PORT | - | none | - | 403
                    POST | localhost:PORT | - | cross-site | 1 | 403
                    POST | localhost:PORT | - | same-site | 1 | 403
                    POST | localhost:PORT | https://evil.example | cross-site | - | 403
                    POST | localhost:PORT | https://evil.example | - | 1 | 403
                    POST | localhost:PORT | http://localhost:1 | - | 1 | 403
                    POST | localhost:PORT | null | - | 1 | 403
                    POST | localhost:PORT | http://localhost:PORT.evil.example | - | 1 | 403
                    POST | evil.example:PORT | http://evil.example:PORT | same-origin | 1 | 421
                    POST | evil.example | - | - | - | 421
                    GET | evil.example | - | - | - | 421
                    GET | localhost:PORT | https://evil.example | cross-site | - | 404
                    """)
    void onlyThisServersOwnPageMayAct(String method, String host, String origin, String site, String header, int status)
            throws IOException {
        String port = Integer.toString(http.port());
        String path = method.equals("GET") ? "/executors/9" : "/executors/9/kill";
        String answer = RawClient.answer(
                http.port(),
                method + " " + path + " HTTP/1.1\r\n"
                        + line("Host", host.replace("PORT", port))
                        + line("Origin", origin == null ? null : origin.replace("PORT", port))
                        + line("Sec-Fetch-Site", site)
                        + line(Origins.HEADER, header)
                        + "Content-Length: 0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertThat(answer).doesNotContainIgnoringCase("Access-Control-Allow");
    }

    private static String line(String name, String value) {
        return value == null ? "" : name + ": " + value + "\r\n";
    }
}
