package dev.remora.examples.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code name=value&…}, as addresses and forms have it. */
final class FormText {
    private static final int MOST_PARAMETERS = 100;

    private FormText() {}

    static Map<String, String> parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : text.split("&", MOST_PARAMETERS + 1)) {
            if (pair.isEmpty()) {
                continue;
            }
            if (values.size() == MOST_PARAMETERS) {
                throw HttpProblem.malformed("the request has more than " + MOST_PARAMETERS + " parameters");
            }
            int equals = pair.indexOf('=');
            String name = Percent.decodeForm(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : Percent.decodeForm(pair.substring(equals + 1));
            put(values, name, value);
        }
        return values;
    }

    /** Adds a parameter that must not be there yet. */
    static void put(Map<String, String> values, String name, String value) {
        if (values.put(name, value) != null) {
            throw HttpProblem.parameter(name, "is given twice");
        }
    }
}
