package dev.remora.storage.jdbc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.remora.model.FailurePolicy;
import dev.remora.model.NodeDependency;
import dev.remora.model.NotifyType;
import dev.remora.model.RunOptions;
import dev.remora.spi.NodeState;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is stored as JSON: plain ASCII, so that it survives every character set, and any text in it every database. What is
 * as by default is left out.
 */
final class StoredJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final String KEY = "idempotencyKey";

    private StoredJson() {}

    /** Writes options without the idempotency key; empty if they are the default. */
    static Optional<String> write(RunOptions options) {
        return plain(options).map(StoredJson::text);
    }

    /** Writes options with the idempotency key; empty if they are the default. */
    static Optional<String> writeWithKey(RunOptions options) {
        return json(options).map(StoredJson::text);
    }

    /** Makes a tree of options with the idempotency key; empty if they are the default. */
    static Optional<JsonNode> json(RunOptions options) {
        Optional<ObjectNode> plain = plain(options);
        Optional<String> key = options.idempotencyKey();
        return key.isEmpty()
                ? plain.map(json -> json)
                : Optional.of(
                        plain.orElseGet(JsonNodeFactory.instance::objectNode).put(KEY, key.get()));
    }

    private static Optional<ObjectNode> plain(RunOptions options) {
        RunOptions plain = RunOptions.DEFAULT;
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (!options.nodes().isEmpty()) {
            options.nodes().stream().sorted().forEach(json.putArray("nodes")::add);
        }
        if (options.nodeDependency() != plain.nodeDependency()) {
            json.put("nodeDependency", options.nodeDependency().name());
        }
        if (options.failurePolicy() != plain.failurePolicy()) {
            json.put("failurePolicy", options.failurePolicy().name());
        }
        if (!options.params().isEmpty()) {
            options.params().forEach(json.putObject("params")::put);
        }
        options.timeout().ifPresent(timeout -> json.put("timeout", timeout.toString()));
        if (options.notifyType() != plain.notifyType()) {
            json.put("notifyType", options.notifyType().name());
        }
        if (!options.notifyMails().isEmpty()) {
            options.notifyMails().forEach(json.putArray("notifyMails")::add);
        }
        if (options.priority() != plain.priority()) {
            json.put("priority", options.priority());
        }
        if (!options.extras().equals(plain.extras())) {
            json.set("extras", options.extras());
        }
        options.proxyUser().ifPresent(user -> json.put("proxyUser", user));
        options.queue().ifPresent(queue -> json.put("queue", queue));
        options.scheduleTime().ifPresent(time -> json.put("scheduleTime", time.toString()));
        return json.isEmpty() ? Optional.empty() : Optional.of(json);
    }

    static String text(JsonNode json) {
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads options.
     *
     * @throws IllegalArgumentException if it cannot
     */
    static RunOptions options(Optional<String> text, Optional<String> idempotencyKey) {
        if (text.isEmpty() && idempotencyKey.isEmpty()) {
            return RunOptions.DEFAULT;
        }
        RunOptions.Builder options = RunOptions.builder();
        idempotencyKey.ifPresent(options::idempotencyKey);
        text.ifPresent(json -> read(parse(json), options));
        return options.build();
    }

    /**
     * Reads options.
     *
     * @throws IllegalArgumentException if it cannot
     */
    static RunOptions options(JsonNode json) {
        RunOptions.Builder options = RunOptions.builder();
        read(json, options);
        return options.build();
    }

    private static void read(JsonNode json, RunOptions.Builder options) {
        options.nodes(texts(json.path("nodes")).toArray(String[]::new));
        word(json, "nodeDependency").map(NodeDependency::valueOf).ifPresent(options::nodeDependency);
        word(json, "failurePolicy").map(FailurePolicy::valueOf).ifPresent(options::failurePolicy);
        options.params(map(json.path("params")));
        word(json, "timeout").map(Duration::parse).ifPresent(options::timeout);
        word(json, "notifyType").map(NotifyType::valueOf).ifPresent(options::notifyType);
        options.notifyMails(texts(json.path("notifyMails")).toArray(String[]::new));
        if (json.has("priority")) {
            options.priority(json.get("priority").intValue());
        }
        if (json.has("extras")) {
            options.extras(json.get("extras"));
        }
        word(json, "proxyUser").ifPresent(options::proxyUser);
        word(json, "queue").ifPresent(options::queue);
        word(json, "scheduleTime").map(Instant::parse).ifPresent(options::scheduleTime);
        word(json, KEY).ifPresent(options::idempotencyKey);
    }

    /** Writes what few nodes have; empty if there is nothing. */
    static Optional<String> detail(NodeState node) {
        if (node.message().isEmpty()
                && node.token().isEmpty()
                && node.appLinks().isEmpty()
                && node.outputs().isEmpty()) {
            return Optional.empty();
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            if (!node.message().isEmpty()) {
                json.writeStringField("message", node.message());
            }
            if (!node.token().isEmpty()) {
                json.writeStringField("token", node.token());
            }
            if (!node.appLinks().isEmpty()) {
                json.writeArrayFieldStart("appLinks");
                for (String link : node.appLinks()) {
                    json.writeString(link);
                }
                json.writeEndArray();
            }
            if (!node.outputs().isEmpty()) {
                json.writeObjectFieldStart("outputs");
                for (Map.Entry<String, String> output : node.outputs().entrySet()) {
                    json.writeStringField(output.getKey(), output.getValue());
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(text.toString());
    }

    /**
     * What few nodes have.
     *
     * @param message see {@link NodeState}
     * @param token see {@link NodeState}
     * @param appLinks see {@link NodeState}
     * @param outputs see {@link NodeState}
     */
    record Detail(String message, String token, List<String> appLinks, Map<String, String> outputs) {
        private static final Detail NONE = new Detail("", "", List.of(), Map.of());
    }

    /**
     * Reads what few nodes have.
     *
     * @throws IllegalArgumentException if it cannot
     */
    static Detail detail(Optional<String> text) {
        if (text.isEmpty()) {
            return Detail.NONE;
        }
        JsonNode json = parse(text.get());
        return new Detail(
                word(json, "message").orElse(""),
                word(json, "token").orElse(""),
                texts(json.path("appLinks")),
                map(json.path("outputs")));
    }

    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Optional<String> word(JsonNode json, String name) {
        return Optional.ofNullable(json.get(name)).map(JsonNode::textValue);
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.textValue()));
        return texts;
    }

    private static Map<String, String> map(JsonNode object) {
        Map<String, String> map = new LinkedHashMap<>();
        object.properties()
                .forEach(member -> map.put(member.getKey(), member.getValue().textValue()));
        return map;
    }
}
