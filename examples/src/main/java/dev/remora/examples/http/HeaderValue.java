package dev.remora.examples.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A header of the form {@code value; name=text; name="quoted text"}.
 *
 * @param value what stands before the first semicolon, in lower case
 * @param parameters what follows, names in lower case
 */
record HeaderValue(String value, Map<String, String> parameters) {
    static HeaderValue parse(String text) {
        int at = text.indexOf(';');
        String value = (at < 0 ? text : text.substring(0, at)).strip().toLowerCase(Locale.ROOT);
        Map<String, String> parameters = new LinkedHashMap<>();
        while (at >= 0 && at < text.length()) {
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                break;
            }
            String name = text.substring(at + 1, equals).strip().toLowerCase(Locale.ROOT);
            StringBuilder content = new StringBuilder();
            at = content(text, equals + 1, content);
            if (parameters.put(name, content.toString()) != null) {
                throw HttpProblem.malformed("a header has the parameter " + name + " twice");
            }
        }
        return new HeaderValue(value, Map.copyOf(parameters));
    }

    /** Reads a value, and returns where the next semicolon is, or the end of the text. */
    private static int content(String text, int from, StringBuilder content) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (at == text.length() || text.charAt(at) != '"') {
            int end = text.indexOf(';', at);
            content.append(text, at, end < 0 ? text.length() : end);
            content.setLength(content.toString().stripTrailing().length());
            return end < 0 ? text.length() : end;
        }
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length() && isQuotable(text.charAt(at + 1))) {
                at++;
            }
            content.append(text.charAt(at++));
        }
        if (at == text.length()) {
            throw HttpProblem.malformed("a header has a quoted text without its closing quote");
        }
        int end = text.indexOf(';', at);
        return end < 0 ? text.length() : end;
    }

    /** Browsers send the backslashes of a Windows path as they are. */
    private static boolean isQuotable(char next) {
        return next == '"' || next == '\\';
    }
}
