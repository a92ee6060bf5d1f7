package dev.remora.internal.problem;

/** Shows a text from outside in a message: quoted, shortened, on one line. */
public final class Quote {
    private static final int MOST = 80;

    private Quote() {}

    public static String of(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        int shown = 0;
        for (int i = 0; i < text.length() && shown < MOST; shown++) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            append(quoted, point);
        }
        boolean cut = text.codePointCount(0, text.length()) > MOST;
        return quoted.append(cut ? "…\"" : "\"").toString();
    }

    private static void append(StringBuilder quoted, int point) {
        int kind = Character.getType(point);
        if (point == '"' || point == '\\') {
            quoted.append('\\').append((char) point);
        } else if (Character.isISOControl(point)
                || kind == Character.SURROGATE
                || kind == Character.LINE_SEPARATOR
                || kind == Character.PARAGRAPH_SEPARATOR
                || kind == Character.FORMAT) {
            quoted.append(String.format("\\u%04X", point));
        } else {
            quoted.appendCodePoint(point);
        }
    }
}
