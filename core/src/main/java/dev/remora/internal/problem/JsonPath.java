package dev.remora.internal.problem;

import com.fasterxml.jackson.core.JsonStreamContext;

/** Writes where a value stands: {@code nodes[3].dep[0]}. */
public final class JsonPath {
    private JsonPath() {}

    /** Returns the path of the value that a parser is at. */
    public static String of(JsonStreamContext context) {
        StringBuilder path = new StringBuilder();
        for (JsonStreamContext at = context; at != null; at = at.getParent()) {
            if (at.inArray() && at.hasCurrentIndex()) {
                path.insert(0, "[" + at.getCurrentIndex() + "]");
            } else if (at.inObject() && at.hasCurrentName()) {
                path.insert(0, step(at.getCurrentName()));
            }
        }
        return path.length() > 0 && path.charAt(0) == '.' ? path.substring(1) : path.toString();
    }

    /** Returns the step to a member; a key that would make the path ambiguous is quoted. */
    public static String step(String key) {
        return isPlain(key) ? "." + key : "[" + Quote.of(key) + "]";
    }

    private static boolean isPlain(String key) {
        return !key.isEmpty()
                && key.length() <= 80
                && key.codePoints().allMatch(point -> Character.isLetterOrDigit(point) || point == '_' || point == '-');
    }
}
