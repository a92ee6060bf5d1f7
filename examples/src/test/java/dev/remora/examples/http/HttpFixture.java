package dev.remora.examples.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.remora.Remora;
import dev.remora.examples.MicrometerMetrics;
import dev.remora.spi.JavaJob;
import dev.remora.storage.memory.MemoryStorage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** An engine and its server on a free port, with a client. */
final class HttpFixture implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch held = new CountDownLatch(1);
    private final Path uploads;
    private final Remora remora;
    private final RemoraServer server;

    HttpFixture(Path directory) throws IOException {
        this(directory, Users.everybodyIs("ada"), HttpLimits.DEFAULT);
    }

    HttpFixture(Path directory, Users users, HttpLimits limits) throws IOException {
        this(directory, users, limits, builder -> builder);
    }

    HttpFixture(Path directory, Users users, HttpLimits limits, UnaryOperator<Remora.Builder> more) throws IOException {
        uploads = Files.createDirectory(directory.resolve("uploads"));
        Remora.Builder builder = Remora.builder()
                .name("http-test")
                .storage(MemoryStorage.create())
                .workDirectory(directory.resolve("work"))
                .java(
                        "ECHO",
                        JavaJob.of(context -> context.log()
                                .line(context.parameter().path("say").asText())))
                .java("COUNT", JavaJob.of(context -> {
                    for (int i = 0; i < context.parameter().path("to").asInt(); i++) {
                        context.log().line("line " + i);
                    }
                }))
                .java("WIDE", JavaJob.of(context -> {
                    for (int i = 0; i < context.parameter().path("to").asInt(); i++) {
                        context.log().line(Integer.toString(i % 10).repeat(60_000));
                    }
                }))
                .java("FAIL", JavaJob.of(context -> {
                    throw new IllegalStateException("on purpose");
                }))
                .java("HOLD", JavaJob.of(context -> held.await()));
        MeterRegistry meters = new SimpleMeterRegistry();
        remora = more.apply(builder.metrics(new MicrometerMetrics(meters))).start();
        List<Route> routes = new ArrayList<>(Api.routes(uploads));
        routes.addAll(PageData.routes());
        routes.addAll(PageFiles.routes());
        routes.addAll(StateEndpoints.routes(remora, meters));
        server = RemoraServer.start(
                remora, users, limits, routes, new InetSocketAddress("127.0.0.1", 0), Set.of("127.0.0.1", "localhost"));
    }

    Remora remora() {
        return remora;
    }

    int port() {
        return server.port();
    }

    /** Lets every HOLD node end. */
    void release() {
        held.countDown();
    }

    /** The files that uploads have left. */
    List<Path> uploads() {
        try (Stream<Path> files = Files.list(uploads)) {
            return files.toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    Answer get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    Answer post(String path) {
        return send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Posts a form of names and values in turn. */
    Answer postForm(String path, String... pairs) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(pairs))));
    }

    Answer postMultipart(String path, MultipartBody body) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", body.contentType())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.bytes())));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(
                    request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    static String form(String... pairs) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            text.append(i == 0 ? "" : "&").append(encode(pairs[i])).append('=').append(encode(pairs[i + 1]));
        }
        return text.toString();
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        release();
        server.close();
        remora.close(Duration.ofSeconds(5));
    }

    /** An answer, with its body as JSON. */
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String text() {
            return response.body();
        }

        JsonNode json() {
            try {
                return MAPPER.readTree(response.body());
            } catch (IOException broken) {
                throw new UncheckedIOException(response.body(), broken);
            }
        }
    }
}
