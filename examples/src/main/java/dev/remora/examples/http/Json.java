package dev.remora.examples.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** JSON as the API reads and writes it. */
final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // why: an answer that breaks off must not look like a whole one
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    private Json() {}

    /** Reads the value of a parameter. */
    static JsonNode parse(String name, String text) {
        try {
            JsonNode tree = MAPPER.readTree(text);
            if (tree.isMissingNode()) {
                throw HttpProblem.parameter(name, "is empty; it must be JSON");
            }
            return tree;
        } catch (JsonProcessingException broken) {
            throw HttpProblem.parameter(name, "is no JSON: " + broken.getOriginalMessage());
        }
    }

    static JsonGenerator generator(OutputStream out) throws IOException {
        return MAPPER.createGenerator(out);
    }

    /** Writes a time in epoch milliseconds, or null. */
    static void time(JsonGenerator json, String name, Optional<Instant> time) throws IOException {
        json.writeFieldName(name);
        if (time.isPresent()) {
            json.writeNumber(time.get().toEpochMilli());
        } else {
            json.writeNull();
        }
    }

    /** Writes a duration in whole seconds, or null. */
    static void seconds(JsonGenerator json, String name, Optional<Duration> duration) throws IOException {
        json.writeFieldName(name);
        if (duration.isPresent()) {
            json.writeNumber(duration.get().toSeconds());
        } else {
            json.writeNull();
        }
    }

    /** Writes a text, or null. */
    static void text(JsonGenerator json, String name, Optional<?> text) throws IOException {
        json.writeStringField(name, text.map(Object::toString).orElse(null));
    }

    static void tree(JsonGenerator json, String name, JsonNode tree) throws IOException {
        json.writeFieldName(name);
        json.writeTree(tree);
    }

    static void texts(JsonGenerator json, String name, Iterable<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
