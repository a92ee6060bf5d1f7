package dev.remora.internal.tree;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.internal.problem.JsonPath;
import dev.remora.internal.problem.ProblemSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures a tree as JSON text without writing it, and finds what cannot be written. */
public final class JsonSize {
    private final List<Object> steps = new ArrayList<>();
    private final ProblemSink problems;

    private JsonSize(String path, ProblemSink problems) {
        steps.add(path);
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
        if (steps.size() > Json.DEEPEST) {
            return wrong(Json.DEPTH_RULE);
        }
        long size = 2 + Math.max(0, tree.size() - 1);
        if (tree.isObject()) {
            for (var entry : tree.properties()) {
                size += key(entry.getKey()) + 1 + within(entry.getKey(), entry.getValue());
            }
        } else {
            for (int i = 0; i < tree.size(); i++) {
                size += within(i, tree.get(i));
            }
        }
        return size;
    }

    /** Measures a key. One with half a character can be written, but not read. */
    private long key(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (Character.isSurrogate(key.charAt(i)) && !Character.isSupplementaryCodePoint(key.codePointAt(i++))) {
                problems.add(path() + JsonPath.step(key), "is a key with half a character in it");
                break;
            }
        }
        return text(key);
    }

    private long within(Object step, JsonNode value) {
        steps.add(step);
        long size = measure(value);
        steps.remove(steps.size() - 1);
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
        problems.add(path(), message);
        return 0;
    }

    private String path() {
        StringBuilder path = new StringBuilder().append(steps.get(0));
        for (Object step : steps.subList(1, steps.size())) {
            path.append(step instanceof String key ? JsonPath.step(key) : "[" + step + "]");
        }
        return path.toString();
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
