package dev.remora.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.error.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the fields of a JSON object and collects what is wrong with them. */
final class Fields {
    private static final List<String> PROPERTY = List.of("prop", "value");
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,5}");

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
        require(name);
        text(name);
    }

    void requireOperand(String name) {
        require(name);
        operand(name);
    }

    private void require(String name) {
        if (object.isObject() && !object.has(name)) {
            add(name, "is missing; it must be a text");
        }
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

    /** A list of texts without NUL, none of them empty unless that is allowed. */
    void texts(String name, boolean emptyAllowed) {
        find(name).ifPresent(list -> {
            if (!list.isArray()) {
                add(name, "is " + kind(list) + "; it must be a list of texts");
                return;
            }
            for (int i = 0; i < list.size(); i++) {
                String path = name + "[" + i + "]";
                JsonNode value = list.get(i);
                if (!value.isTextual()) {
                    add(path, "is " + kind(value) + "; it must be a text");
                } else if (!emptyAllowed && value.textValue().isBlank()) {
                    add(path, "is blank");
                } else {
                    withoutNul(path, value.textValue());
                }
            }
        });
    }

    /** A list of texts that are passed on as one, with commas between them. */
    void textsWithoutComma(String name) {
        texts(name, false);
        find(name).filter(JsonNode::isArray).ifPresent(list -> {
            for (int i = 0; i < list.size(); i++) {
                JsonNode value = list.get(i);
                if (value.isTextual()
                        && !hasPlaceholder(value)
                        && value.textValue().indexOf(',') >= 0) {
                    add(name + "[" + i + "]", "holds a comma, which divides " + name + " from each other");
                }
            }
        });
    }

    /** A list of objects {@code {"prop": …, "value": …}}, each name once. */
    void properties(String name) {
        find(name).ifPresent(list -> {
            if (!list.isArray()) {
                add(name, "is " + kind(list) + "; it must be a list of {prop, value}");
                return;
            }
            Set<String> names = new HashSet<>();
            for (int i = 0; i < list.size(); i++) {
                String path = name + "[" + i + "]";
                Fields property = new Fields(list.get(i), PROPERTY);
                property.requireText("prop");
                property.find("prop")
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::textValue)
                        .ifPresent(key -> {
                            if (key.indexOf('=') >= 0) {
                                property.add("prop", "holds a '=', which ends the name of a property");
                            } else if (!names.add(key)) {
                                property.add("prop", "is there twice: " + key);
                            }
                            property.withoutNul("prop", key);
                        });
                if (list.get(i).isObject() && !list.get(i).has("value")) {
                    property.add("value", "is missing; it must be a text");
                }
                property.find("value").ifPresent(value -> {
                    if (!value.isTextual()) {
                        property.add("value", "is " + kind(value) + "; it must be a text");
                    } else {
                        property.withoutNul("value", value.textValue());
                    }
                });
                addAll(path, property.problems());
            }
        });
    }

    /** A number from 1 on, or a text of its digits, as a placeholder leaves it. */
    void count(String name) {
        find(name).ifPresent(value -> {
            if (!COUNT.matcher(value.asText()).matches() || !(value.isTextual() || value.isIntegralNumber())) {
                add(name, "is " + value + "; it must be a whole number from 1 to 999999");
            }
        });
    }

    /** A text that a program would not take for an option. */
    void operand(String name) {
        text(name);
        find(name).filter(JsonNode::isTextual).map(JsonNode::textValue).ifPresent(text -> {
            if (text.startsWith("-")) {
                add(name, "begins with '-', as an option does");
            }
            withoutNul(name, text);
        });
    }

    void matching(String name, Pattern pattern, String description) {
        find(name).ifPresent(value -> {
            if (!value.isTextual() || !pattern.matcher(value.textValue()).matches()) {
                add(name, "is " + value + "; it must be " + description);
            }
        });
    }

    private void withoutNul(String path, String text) {
        if (text.indexOf('\0') >= 0) {
            add(path, "holds a NUL character, which no program can be given");
        }
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
