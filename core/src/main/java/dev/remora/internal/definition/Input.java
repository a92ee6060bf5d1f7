package dev.remora.internal.definition;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.remora.internal.problem.JsonPath;
import dev.remora.internal.problem.Problems;
import dev.remora.internal.problem.Quote;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A definition being read, value by value. What is wrong with a value is noted with its path, the value is passed over,
 * and the reading goes on. An optional value that is null counts as absent.
 */
public final class Input {
    private static final int LONGEST_DURATION = 64;

    private final JsonParser parser;
    private final boolean strict;
    private final Problems problems;
    private final Set<String> wrongPaths = new HashSet<>();
    private Map<String, String> shared = new HashMap<>();

    Input(JsonParser parser, boolean strict, Problems problems) {
        this.parser = parser;
        this.strict = strict;
        this.problems = problems;
    }

    /** Reads the member of an object that the parser is at; false if there is none of that key. */
    @FunctionalInterface
    interface Member {
        boolean read(String key) throws IOException;
    }

    /** Reads the element of an array that the parser is at. */
    @FunctionalInterface
    interface Element {
        void read() throws IOException;
    }

    /** Reads an object member by member; false if it is none. */
    boolean object(String keys, Member member) throws IOException {
        if (!at(JsonToken.START_OBJECT)) {
            wrong("an object");
            return false;
        }
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            if (!seen.add(key)) {
                skip("is there twice");
            } else if (!member.read(key)) {
                if (strict) {
                    skip("is no known key; there are " + keys);
                } else {
                    parser.skipChildren();
                }
            }
        }
        return true;
    }

    /** Reads an array element by element; null has none. */
    void array(Element element) throws IOException {
        if (isNull()) {
            return;
        }
        if (!at(JsonToken.START_ARRAY)) {
            wrong("an array");
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            element.read();
        }
    }

    Optional<String> text() throws IOException {
        return isNull() ? Optional.empty() : requiredText();
    }

    Optional<String> requiredText() throws IOException {
        if (at(JsonToken.VALUE_STRING)) {
            return Optional.of(parser.getText());
        }
        wrong("a text");
        return Optional.empty();
    }

    /** Keeps one instance of a text that comes again and again: of names, one for a node and its dependents. */
    String share(String text) {
        String first = shared.putIfAbsent(text, text);
        return first == null ? text : first;
    }

    Optional<Boolean> flag() throws IOException {
        if (at(JsonToken.VALUE_TRUE) || at(JsonToken.VALUE_FALSE)) {
            return Optional.of(parser.getBooleanValue());
        }
        wrongUnlessNull("true or false");
        return Optional.empty();
    }

    OptionalInt integer() throws IOException {
        if (at(JsonToken.VALUE_NUMBER_INT)) {
            try {
                return OptionalInt.of(parser.getIntValue());
            } catch (JsonProcessingException tooLarge) {
                skip("is a number beyond " + Integer.MAX_VALUE);
                return OptionalInt.empty();
            }
        }
        wrongUnlessNull("a whole number");
        return OptionalInt.empty();
    }

    OptionalDouble number() throws IOException {
        if (parser.currentToken().isNumeric()) {
            return OptionalDouble.of(parser.getDoubleValue());
        }
        wrongUnlessNull("a number");
        return OptionalDouble.empty();
    }

    Optional<Duration> duration() throws IOException {
        Optional<String> text = text();
        if (text.isPresent() && text.get().length() <= LONGEST_DURATION) {
            try {
                return Optional.of(Duration.parse(text.get()));
            } catch (DateTimeParseException notOne) {
                // reported below
            }
        }
        text.ifPresent(
                other -> note("is " + Quote.of(other) + "; it must be an ISO-8601 duration, for example PT1M30S"));
        return Optional.empty();
    }

    <E extends Enum<E>> Optional<E> choice(E[] values) throws IOException {
        Optional<String> text = text();
        for (E value : values) {
            if (text.isPresent() && value.name().equals(text.get())) {
                return Optional.of(value);
            }
        }
        text.ifPresent(other -> note("is " + Quote.of(other) + "; it must be one of " + Arrays.toString(values)));
        return Optional.empty();
    }

    JsonParser parser() {
        return parser;
    }

    boolean at(JsonToken token) {
        return parser.hasToken(token);
    }

    boolean isNull() {
        return at(JsonToken.VALUE_NULL);
    }

    /** Notes that the value that the parser is at, or just was at, is wrong. */
    void note(String message) {
        add(problems.isFull() ? "" : path(), message);
    }

    /** Notes that the value that the parser is at is wrong, and passes over it. */
    void skip(String message) throws IOException {
        note(message);
        parser.skipChildren();
    }

    /** Notes that a member is missing in the object just read, unless something is wrong with it already. */
    void missing(String key) {
        if (problems.isFull()) {
            problems.add("", key);
            return;
        }
        String path = path();
        String member = path.isEmpty() ? key : path + "." + key;
        if (!wrongPaths.contains(member)) {
            add(member, "is missing");
        }
    }

    /** Lets go of what {@link #share} kept. */
    void endSharing() {
        shared = new HashMap<>();
    }

    /** Tells whether a value, or what it is part of, could not be read: what it says of itself means nothing then. */
    boolean isUnread(String path) {
        for (int end = path.length();
                end > 0;
                end = Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1))) {
            if (wrongPaths.contains(path.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    void wrong(String expected) throws IOException {
        skip("is " + kind() + "; it must be " + expected);
    }

    private void wrongUnlessNull(String expected) throws IOException {
        if (!isNull()) {
            wrong(expected);
        }
    }

    private String kind() {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            default -> "null";
        };
    }

    private String path() {
        return JsonPath.of(parser.getParsingContext());
    }

    private void add(String path, String message) {
        wrongPaths.add(path);
        problems.add(path, message);
    }
}
