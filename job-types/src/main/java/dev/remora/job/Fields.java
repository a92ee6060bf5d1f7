package dev.remora.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the fields of a JSON object and collects what is wrong with them. */
final class Fields {
    private final JsonNode object;
    private final List<Problem> problems = new ArrayList<>();

    /**
     * Begins with the keys.
     *
     * @param known the keys that may occur
     */
    Fields(JsonNode object, List<String> known) {
        this.object = object;
        if (!object.isObject()) {
            problems.add(new Problem("", "is " + kind(object) + "; it must be an object"));
            return;
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                problems.add(new Problem(name, "is unknown; known are " + String.join(", ", known)));
            }
        });
    }

    List<Problem> problems() {
        return problems;
    }

    /** A text with a placeholder may stand for anything; what it comes to is checked again before the start. */
    static boolean hasPlaceholder(JsonNode value) {
        return value.isTextual()
                && (value.textValue().contains("${") || value.textValue().contains("$["));
    }

    /** Returns a field that is there and holds what can be checked now. */
    Optional<JsonNode> find(String name) {
        return Optional.ofNullable(object.get(name)).filter(value -> !hasPlaceholder(value));
    }

    void add(String path, String message) {
        problems.add(new Problem(path, message));
    }

    void addAll(String parent, List<Problem> found) {
        found.forEach(problem -> problems.add(problem.under(parent)));
    }

    void requireText(String name) {
        if (object.isObject() && !object.has(name)) {
            add(name, "is missing; it must be a text");
        }
        text(name);
    }

    void text(String name) {
        find(name).ifPresent(value -> {
            if (!value.isTextual()) {
                add(name, "is " + kind(value) + "; it must be a text");
            } else if (value.textValue().isBlank()) {
                add(name, "is blank");
            }
        });
    }

    void oneOf(String name, Set<String> allowed) {
        find(name).ifPresent(value -> {
            if (!value.isTextual() || !allowed.contains(value.textValue())) {
                add(name, "is " + value + "; it must be one of " + String.join(", ", allowed));
            }
        });
    }

    static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case BOOLEAN -> "a truth value";
            case NULL -> "null";
            case NUMBER -> "a number";
            case STRING -> "a text";
            default -> "an object";
        };
    }
}
