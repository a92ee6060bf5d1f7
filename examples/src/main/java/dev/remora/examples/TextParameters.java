package dev.remora.examples;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks parameter objects that hold texts only. */
final class TextParameters {
    private TextParameters() {}

    /** Finds what is wrong with a parameter object that must hold certain texts and nothing else. */
    static List<Problem> check(JsonNode parameter, Set<String> keys) {
        List<Problem> problems = new ArrayList<>();
        keys.stream()
                .sorted()
                .filter(key -> !parameter.path(key).isTextual())
                .forEach(key -> problems.add(new Problem(key, "is missing or not a text")));
        parameter.fieldNames().forEachRemaining(key -> {
            if (!keys.contains(key)) {
                problems.add(new Problem(key, "is not known; known are " + String.join(", ", keys)));
            }
        });
        return problems;
    }
}
