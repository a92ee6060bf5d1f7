package dev.remora.job.internal.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** HTTP to one of several addresses of the same service, only one of which may be in charge. Safe for use by several threads. */
public final class Rest {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int LARGEST_BODY = 32 << 20;
    private static final int REDIRECT = 300;
    private static final int SERVER_ERROR = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<URI> addresses;
    private final Supplier<HttpClient> http;
    private volatile int inCharge;

    /**
     * Creates the means.
     *
     * @param addresses at least one
     * @param http what sends
     */
    Rest(List<URI> addresses, Supplier<HttpClient> http) {
        this.addresses = List.copyOf(addresses);
        this.http = http;
    }

    static HttpClient client(Executor executor) {
        return HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .executor(executor)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /**
     * What was answered.
     *
     * @param body not null; empty if there is none
     */
    record Answer(URI from, int status, byte[] body) {
        JsonNode json() throws IOException {
            JsonNode node = JSON.readTree(body);
            if (node == null) {
                throw new IOException(from + " answered nothing");
            }
            return node;
        }

        IOException unexpected() {
            String text = new String(body, 0, Math.min(body.length, 300), java.nio.charset.StandardCharsets.UTF_8);
            return new IOException(from + " answered " + status + ": " + text.strip());
        }
    }

    /** Builds a request for one of the addresses. */
    @FunctionalInterface
    interface Request {
        HttpRequest.Builder at(URI address);
    }

    /** Tells whether an answer comes from the one in charge. */
    @FunctionalInterface
    interface Judge {
        boolean inCharge(Answer answer) throws IOException;
    }

    /** Asks one after the other, beginning with the one that was in charge last. */
    Answer ask(Request request, Judge judge) throws IOException {
        IOException failure = null;
        int first = inCharge;
        for (int i = 0; i < addresses.size(); i++) {
            int index = (first + i) % addresses.size();
            try {
                Answer answer =
                        send(request.at(addresses.get(index)).timeout(TIMEOUT).build());
                if (judge.inCharge(answer)) {
                    inCharge = index;
                    return answer;
                }
                throw new IOException(addresses.get(index) + " is not in charge");
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        throw failure == null ? new IOException("no address is known") : failure;
    }

    /** One that only stands by redirects to the other, or says that it cannot serve. */
    static boolean serves(Answer answer) {
        return answer.status() < REDIRECT || (answer.status() >= 400 && answer.status() < SERVER_ERROR);
    }

    private Answer send(HttpRequest request) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        CompletableFuture<HttpResponse<Void>> sent = http.get()
                .sendAsync(
                        request,
                        HttpResponse.BodyHandlers.ofByteArrayConsumer(part -> part.ifPresent(bytes -> {
                            if (body.size() + bytes.length > LARGEST_BODY) {
                                throw new IllegalStateException("more than " + LARGEST_BODY + " bytes");
                            }
                            body.writeBytes(bytes);
                        })));
        try {
            int status = sent.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            return new Answer(request.uri(), status, body.toByteArray());
        } catch (ExecutionException e) {
            throw new IOException(request.uri() + " cannot be asked: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new IOException(request.uri() + " did not answer within " + TIMEOUT, e);
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + request.uri(), e);
        }
    }
}
