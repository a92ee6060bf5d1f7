package dev.remora.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.internal.dag.ProblemSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures a tree as JSON text without writing it, and finds what cannot be written. */
public final class JsonSize {
    private final List<String> path = new ArrayList<>();
    private final ProblemSink problems;

    private JsonSize(String path, ProblemSink problems) {
        this.path.add(path);
        this.problems = problems;
    }

    /** Returns how many characters the tree has when it is written, and reports what is no JSON or nested too deep. */
    public static long of(JsonNode tree, String path, ProblemSink problems) {
        return new JsonSize(path, problems).measure(tree);
    }

    /** Names the kind of a value, for messages. */
    public static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case NULL -> "null";
            case BINARY, STRING -> "a text";
            case BOOLEAN, NUMBER -> "a " + value.getNodeType().name().toLowerCase(Locale.ROOT);
            case MISSING, POJO -> "no JSON";
        };
    }

    private long measure(JsonNode tree) {
        return switch (tree.getNodeType()) {
            case OBJECT, ARRAY -> container(tree);
            case STRING -> text(tree.textValue());
            case NUMBER -> number(tree);
            case BOOLEAN, NULL -> tree.asText().length();
            case BINARY, MISSING, POJO -> wrong("is " + kind(tree));
        };
    }

    private long container(JsonNode tree) {
        if (path.size() > Json.DEEPEST) {
            return wrong(Json.DEPTH_RULE);
        }
        long size = 2 + Math.max(0, tree.size() - 1);
        if (tree.isObject()) {
            for (var entry : tree.properties()) {
                size += text(entry.getKey()) + 1 + within(JsonPath.step(entry.getKey()), entry.getValue());
            }
        } else {
            for (int i = 0; i < tree.size(); i++) {
                size += within("[" + i + "]", tree.get(i));
            }
        }
        return size;
    }

    private long within(String step, JsonNode value) {
        path.add(step);
        long size = measure(value);
        path.remove(path.size() - 1);
        return size;
    }

    private long number(JsonNode number) {
        boolean handy = true;
        if (number.isBigInteger()) {
            handy = Json.isHandy(number.bigIntegerValue());
        } else if (number.isBigDecimal()) {
            handy = Json.isHandy(number.decimalValue());
        } else if (number.isFloatingPointNumber() && !Double.isFinite(number.doubleValue())) {
            return wrong("is " + number.doubleValue() + ", which is no JSON");
        }
        return handy ? number.asText().length() : wrong(Json.NUMBER_RULE);
    }

    private long wrong(String message) {
        problems.add(String.join("", path), message);
        return 0;
    }

    private static long text(String text) {
        long size = 2L + text.length();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"' || character == '\\') {
                size++;
            } else if (character < ' ') {
                size += "\b\t\n\f\r".indexOf(character) >= 0 ? 1 : 5;
            } else if (Character.isSurrogate(character)) {
                size += 5;
            }
        }
        return size;
    }
}
