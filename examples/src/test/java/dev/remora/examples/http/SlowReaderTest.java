package dev.remora.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that ask for much and do not take it. */
class SlowReaderTest {
    private static final int THREADS = 3;
    private static final int LINES = 250;
    private static final long WHOLE = LINES * 60_000L;

    @TempDir
    private Path directory;

    @Test
    void clientsThatDoNotReadTheirAnswerHoldNoThreadForLong() throws IOException, InterruptedException {
        HttpLimits limits = new HttpLimits(THREADS, 8, Duration.ofMillis(500), 1 << 30, 4 << 10, 8 << 10, 64 << 10);
        try (HttpFixture http = new HttpFixture(directory, Users.everybodyIs("ada"), limits)) {
            http.postMultipart("/executors/direct", ApiTest.direct("wide", """
                    {"nodes": [{"name": "wide", "type": "WIDE", "parameter": {"to": %d}}]}
                    """.formatted(LINES)));
            assertThat(http.remora().query().await(1, Duration.ofSeconds(30))).isPresent();
            assertThat(http.get("/executors/1-wide/logs?size=1000").text().length())
                    .as("what one who reads gets")
                    .isGreaterThan((int) WHOLE);
            List<RawClient> slow = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                slow.add(new RawClient(http.port())
                        .send("GET /executors/1-wide/logs?size=1000 HTTP/1.1\r\nHost: localhost\r\n"
                                + "Connection: close\r\n\r\n"));
            }
            for (RawClient client : slow) {
                // why: then each of the threads is busy with one of them
                assertThat(client.head()).startsWith("HTTP/1.1 200");
            }

            assertThat(http.get("/executors").status()).isEqualTo(200);

            List<Integer> lengths = new ArrayList<>();
            for (RawClient client : slow) {
                lengths.add(client.all().length());
                client.close();
            }
            // why: one was cut off for the answer above; the others may still have been given time to read
            assertThat(lengths).anyMatch(length -> length < WHOLE);
        }
    }
}
