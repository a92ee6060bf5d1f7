package dev.remora.examples.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.remora.error.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param headers headers beside those that every answer has
 * @param body what to write; empty for no body
 */
record Reply(int status, Map<String, String> headers, Optional<Body> body) {
    private static final Map<String, String> JSON =
            Map.of("Content-Type", "application/json; charset=utf-8", "Cache-Control", "no-store");

    /** Writes a body. */
    @FunctionalInterface
    interface Body {
        void write(OutputStream out) throws IOException;
    }

    /** Writes a JSON value. */
    @FunctionalInterface
    interface Value {
        void write(JsonGenerator json) throws IOException;
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of("Cache-Control", "no-store"), Optional.empty());
    }

    /** Answers with JSON that is written straight to the client. */
    static Reply json(int status, Value value) {
        return new Reply(status, JSON, Optional.of(out -> write(value, out)));
    }

    static Reply redirect(String path) {
        return new Reply(302, Map.of("Location", path), Optional.empty());
    }

    /** Answers with bytes, or only says that those that the client has are still right. */
    static Reply unlessKnown(byte[] bytes, Optional<String> known) {
        String tag = '"' + digest(bytes) + '"';
        Map<String, String> headers =
                Map.of("Content-Type", "application/json; charset=utf-8", "Cache-Control", "no-cache", "ETag", tag);
        return known.filter(tag::equals).isPresent()
                ? new Reply(304, headers, Optional.empty())
                : new Reply(200, headers, Optional.of(out -> out.write(bytes)));
    }

    static Reply of(HttpProblem problem) {
        Reply reply = json(problem.status(), json -> {
            json.writeStartObject();
            json.writeNumberField("status", problem.status());
            json.writeStringField("code", problem.code());
            json.writeStringField("message", problem.getMessage());
            json.writeArrayFieldStart("problems");
            for (Problem one : problem.problems()) {
                json.writeStartObject();
                json.writeStringField("path", one.path());
                json.writeStringField("message", one.message());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
        return reply.with(problem.headers());
    }

    Reply with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new Reply(status, Map.copyOf(all), body);
    }

    static byte[] bytes(Value value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(value, bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has this algorithm", impossible);
        }
    }

    private static void write(Value value, OutputStream out) throws IOException {
        try (JsonGenerator json = Json.generator(out)) {
            value.write(json);
        }
    }
}
