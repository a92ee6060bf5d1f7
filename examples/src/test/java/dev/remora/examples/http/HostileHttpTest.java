package dev.remora.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that mean harm: each is turned away, nothing of it stays, and the server goes on serving. */
class HostileHttpTest {
    private static final int THREADS = 4;
    private static final int WAITING = 8;
    private static final HttpLimits TIGHT =
            new HttpLimits(THREADS, WAITING, Duration.ofMillis(500), 1 << 20, 4 << 10, 8 << 10, 64 << 10);
    private static final String MULTIPART = "Content-Type: multipart/form-data; boundary=b-1\r\n";
    private static final String PART = "--b-1\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"f\"\r\n\r\n";

    @TempDir
    private static Path directory;

    private static HttpFixture http;

    @BeforeAll
    static void start() throws IOException {
        http = new HttpFixture(directory, Users.everybodyIs("ada"), TIGHT);
    }

    @AfterEach
    void theServerGoesOnAndNothingStays() {
        await().ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .untilAsserted(() -> assertThat(http.get("/executors").status()).isEqualTo(200));
        await().until(() -> http.uploads().isEmpty());
        assertThat(http.get("/executors").json().get("total").asInt()).isZero();
    }

    @AfterAll
    static void stop() {
        http.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/executors", "/executors/direct", "/workflows/shop/nightly", "/executors/1/kill"})
    void aBodyThatSaysItIsTooLargeIsNotRead(String path) throws IOException {
        String method = path.startsWith("/workflows") ? "PUT " : "POST ";
        String answer = RawClient.answer(
                http.port(),
                method + path + " HTTP/1.1\r\nHost: localhost\r\n"
                        + MULTIPART.replace(
                                "multipart/form-data; boundary=b-1",
                                path.startsWith("/workflows") ? "application/zip" : "multipart/form-data; boundary=b-1")
                        + "Content-Length: 999999999999\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413");
    }

    @Test
    void aBodyThatDoesNotSayItIsCutWhereItIsTooLarge() throws IOException {
        assertThat(chunked("/executors", "Content-Type: application/x-www-form-urlencoded\r\n", "a=", 10_000))
                .startsWith("HTTP/1.1 413");
        assertThat(chunked("/executors/direct", MULTIPART, PART.formatted("file"), 70_000))
                .startsWith("HTTP/1.1 413");
        assertThat(chunked("/executors/direct", MULTIPART, PART.formatted("data"), 9_000))
                .startsWith("HTTP/1.1 413");
        assertThat(chunked("/executors/direct", MULTIPART, PART.formatted("queue"), 5_000))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void headsThatNeverEndHoldNoThreadForLong() throws IOException {
        List<RawClient> slow = new ArrayList<>();
        for (int i = 0; i < THREADS + WAITING / 2; i++) {
            slow.add(new RawClient(http.port()).send("GET /executors HTTP/1.1\r\nHost: local"));
        }

        assertThat(http.get("/executors").status()).isEqualTo(200);

        for (RawClient client : slow) {
            assertThat(client.all()).isEmpty();
            client.close();
        }
    }

    @Test
    void bodiesThatComeTooSlowlyHoldNoThreadForLong() throws IOException {
        List<RawClient> slow = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            slow.add(new RawClient(http.port())
                    .send("POST /executors/direct HTTP/1.1\r\nHost: localhost\r\n" + MULTIPART
                            + "Content-Length: 50000\r\n\r\n" + PART.formatted("file")));
        }

        assertThat(http.get("/executors").status()).isEqualTo(200);

        for (RawClient client : slow) {
            assertThat(client.all()).doesNotContain("HTTP/1.1 2");
            client.close();
        }
    }

    @Test
    void moreConnectionsThanThereIsRoomForAreClosed() throws IOException {
        List<RawClient> many = new ArrayList<>();
        for (int i = 0; i < 10 * (THREADS + WAITING); i++) {
            many.add(new RawClient(http.port()).send("G"));
        }

        await().ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .untilAsserted(() -> assertThat(http.get("/executors").status()).isEqualTo(200));
        for (RawClient client : many) {
            assertThat(client.all()).isEmpty();
            client.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/page/../../../../../etc/passwd",
                "/page/..%2f..%2f..%2fetc/passwd",
                "/page/%2e%2e/%2e%2e/etc/passwd",
                "/page//etc/passwd",
                "/page/style.css%00.png",
                "/page/style.css/",
                "/page/./style.css",
                "/page/STYLE.CSS",
                "/page/RemoraServer.class",
                "//page/style.css",
                "/page\\..\\style.css",
                "/executors/..%2f..%2fetc%2fpasswd/logs",
                "/executors/1-..%2f..%2f..%2fetc%2fpasswd/logs",
                "/executors/%2e%2e",
                "/executors/1;a=b",
                "/executors/1-%2/logs",
                "*",
                "http://localhost",
                "http://evil.example/page/"
            })
    void noPathLeadsElsewhere(String path) throws IOException {
        String answer = RawClient.answer(http.port(), "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 (400|404|302) .*").doesNotContain("root:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n\r\n",
                "GET\r\n\r\n",
                "GET /executors\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n",
                "POST /executors HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
                "POST /executors HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "POST /executors HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
                "POST /executors HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
                "GET /executors HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                "GET /executors HTTP/1.1\r\n\r\n"
            })
    void whatIsNoSoundRequestRunsNothing(String request) throws IOException {
        try (RawClient client = new RawClient(http.port())) {
            assertThat(client.send(request).head()).doesNotContain("HTTP/1.1 2");
        }
    }

    @Test
    void headsAreBounded() throws IOException {
        StringBuilder headers = new StringBuilder("GET /executors HTTP/1.1\r\nHost: localhost\r\n");
        for (int i = 0; i < 10_000; i++) {
            headers.append("X-").append(i).append(": y\r\n");
        }
        try (RawClient client = new RawClient(http.port())) {
            try {
                client.send(headers.append("\r\n").toString());
            } catch (IOException cut) {
                assertThat(cut).hasMessageMatching(".*(reset|pipe|aborted).*");
            }
            assertThat(client.head()).doesNotContain("HTTP/1.1 2");
        }
    }

    private String chunked(String path, String headers, String begin, int size) throws IOException {
        try (RawClient client = new RawClient(http.port())) {
            client.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers
                    + "Transfer-Encoding: chunked\r\n\r\n");
            byte[] body = (begin + "x".repeat(size)).getBytes(StandardCharsets.US_ASCII);
            client.send(
                    Integer.toHexString(body.length) + "\r\n" + new String(body, StandardCharsets.US_ASCII) + "\r\n");
            return client.head();
        }
    }
}
