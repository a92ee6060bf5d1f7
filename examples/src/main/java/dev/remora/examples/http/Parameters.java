package dev.remora.examples.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The parameters of a request, by name and type. A value that is blank counts as not given. */
final class Parameters {
    private static final String NUMBERS = "it must be a whole number, or a JSON array of such, as [2,3]";

    private static final long LONGEST_SECONDS = Duration.ofDays(365).toSeconds();

    private final Map<String, String> values;

    /**
     * Checks the names.
     *
     * @throws HttpProblem if a parameter is none of the known ones: it is a slip, and would be passed over silently
     */
    Parameters(Map<String, String> values, Set<String> known) {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw HttpProblem.parameter(
                    unknown.iterator().next(), "is no parameter of this request; it takes " + new TreeSet<>(known));
        }
        this.values = Map.copyOf(values);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(text -> !text.isBlank());
    }

    String required(String name) {
        return text(name).orElseThrow(() -> HttpProblem.parameter(name, "is missing; it is required"));
    }

    OptionalLong number(String name, long least, long most) {
        Optional<String> text = text(name).map(String::strip);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!text.get().matches("[-+]?\\d{1,40}")) {
            throw HttpProblem.parameter(name, "is " + shown(text.get()) + "; it must be a whole number");
        }
        BigInteger number = new BigInteger(text.get());
        if (number.compareTo(BigInteger.valueOf(least)) < 0 || number.compareTo(BigInteger.valueOf(most)) > 0) {
            throw HttpProblem.parameter(name, "is " + number + "; it must be " + least + " to " + most);
        }
        return OptionalLong.of(number.longValue());
    }

    /** A time in epoch milliseconds, of any year that has four digits. */
    Optional<Instant> time(String name) {
        OptionalLong millis =
                number(name, 0, Instant.parse("9999-12-31T23:59:59Z").toEpochMilli());
        return millis.isPresent() ? Optional.of(Instant.ofEpochMilli(millis.getAsLong())) : Optional.empty();
    }

    Optional<Duration> seconds(String name) {
        OptionalLong seconds = number(name, 1, LONGEST_SECONDS);
        return seconds.isPresent() ? Optional.of(Duration.ofSeconds(seconds.getAsLong())) : Optional.empty();
    }

    boolean flag(String name) {
        return text(name)
                .map(text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw HttpProblem.parameter(name, "is " + shown(text) + "; it must be true or false");
                })
                .orElse(false);
    }

    <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        return text(name).map(text -> constant(name, type, text));
    }

    <E extends Enum<E>> List<E> choices(String name, Class<E> type) {
        return texts(name).stream().map(text -> constant(name, type, text)).toList();
    }

    Optional<JsonNode> json(String name) {
        return text(name).map(text -> Json.parse(name, text));
    }

    Optional<JsonNode> object(String name) {
        return json(name).map(tree -> {
            if (!tree.isObject()) {
                throw HttpProblem.parameter(name, "must be a JSON object");
            }
            return tree;
        });
    }

    /** A JSON array of texts; one text as it is counts as such an array, as names hold no brackets and no quotes. */
    List<String> texts(String name) {
        Optional<String> text = text(name).map(String::strip);
        if (text.isEmpty()) {
            return List.of();
        }
        if (!text.get().startsWith("[") && !text.get().startsWith("\"")) {
            return List.of(text.get());
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode one : array(name, text.get())) {
            if (!one.isTextual()) {
                throw HttpProblem.parameter(name, "must be a JSON array of texts, such as [\"a\",\"b\"]");
            }
            texts.add(one.textValue());
        }
        return texts;
    }

    /** A JSON array of whole numbers; one number counts as such an array. */
    List<Integer> numbers(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return List.of();
        }
        List<Integer> numbers = new ArrayList<>();
        if (!"[-0123456789".contains(text.get().strip().substring(0, 1))) {
            throw HttpProblem.parameter(name, "is " + shown(text.get()) + "; " + NUMBERS);
        }
        for (JsonNode one : array(name, text.get())) {
            if (!one.isIntegralNumber() || !one.canConvertToInt()) {
                throw HttpProblem.parameter(name, "is " + shown(text.get()) + "; " + NUMBERS);
            }
            numbers.add(one.intValue());
        }
        return numbers;
    }

    private static Iterable<JsonNode> array(String name, String text) {
        JsonNode tree = Json.parse(name, text);
        return tree.isArray() ? tree : List.of(tree);
    }

    private static <E extends Enum<E>> E constant(String name, Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> HttpProblem.parameter(
                        name,
                        "is " + shown(text) + "; it must be one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", "))));
    }

    private static String shown(String text) {
        return '"' + (text.length() <= 40 ? text : text.substring(0, 40) + "…") + '"';
    }
}
