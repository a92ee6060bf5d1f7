package dev.remora.job;

import java.util.List;

/** The first line of a script, by which a system knows how to run it. Read as Linux does. */
final class Shebang {
    private Shebang() {}

    /**
     * Returns what to run a script with.
     *
     * @return the interpreter, and its argument if there is one: the rest of the line, blanks within included
     */
    static List<String> of(String script) {
        if (!script.startsWith("#!")) {
            return List.of("sh");
        }
        int end = script.indexOf('\n');
        String line = strip(script.substring(2, end < 0 ? script.length() : end));
        int blank = 0;
        while (blank < line.length() && !isBlank(line.charAt(blank))) {
            blank++;
        }
        if (blank == 0) {
            return List.of("sh");
        }
        return blank == line.length() ? List.of(line) : List.of(line.substring(0, blank), strip(line.substring(blank)));
    }

    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
