package dev.remora.internal.definition;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.remora.internal.tree.FrozenObject;
import dev.remora.internal.tree.Json;
import dev.remora.internal.tree.JsonCopy;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Reads free-form values; numbers keep their digits. */
public final class TreeReader {
    private final Input input;
    private final JsonParser parser;

    TreeReader(Input input) {
        this.input = input;
        parser = input.parser();
    }

    JsonNode read() throws IOException {
        return read(1);
    }

    private JsonNode read(int depth) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(depth);
            case START_ARRAY -> array(depth);
            case VALUE_STRING -> Json.NODES.textNode(parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> Json.NODES.booleanNode(parser.getBooleanValue());
            case VALUE_NUMBER_INT -> whole();
            case VALUE_NUMBER_FLOAT -> decimal();
            default -> Json.NODES.nullNode();
        };
    }

    private JsonNode object(int depth) throws IOException {
        if (depth > Json.DEEPEST) {
            return tooDeep();
        }
        ObjectNode object = Json.object();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            if (object.has(key)) {
                input.skip("is there twice");
            } else {
                object.set(key, read(depth + 1));
            }
        }
        return object.isEmpty() ? Json.EMPTY : FrozenObject.of(object);
    }

    private JsonNode array(int depth) throws IOException {
        if (depth > Json.DEEPEST) {
            return tooDeep();
        }
        List<JsonNode> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read(depth + 1));
        }
        return FrozenObject.array(elements.toArray(JsonNode[]::new));
    }

    private JsonNode tooDeep() throws IOException {
        input.skip(Json.DEPTH_RULE);
        return Json.NODES.nullNode();
    }

    private JsonNode whole() throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> Json.NODES.numberNode(parser.getIntValue());
            case LONG -> Json.NODES.numberNode(parser.getLongValue());
            default -> JsonCopy.whole(parser.getBigIntegerValue());
        };
    }

    private JsonNode decimal() throws IOException {
        try {
            BigDecimal value = parser.getDecimalValue();
            if (Json.isHandy(value)) {
                return JsonCopy.decimal(value);
            }
        } catch (JsonProcessingException | NumberFormatException outOfRange) {
            // reported below
        }
        input.note(Json.NUMBER_RULE);
        return Json.NODES.nullNode();
    }
}
