package dev.remora.examples;

import java.time.Duration;
import java.util.Locale;

/** Makes values fit to be printed on a terminal. */
final class Printable {
    private Printable() {}

    /** Replaces control characters, so that no job can move the cursor of whoever looks at its log. */
    static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\\t]]", "?");
    }

    /** Puts a text of several lines on one. */
    static String oneLine(String text) {
        return line(text.strip().replaceAll("\\s*\\R\\s*", "; ").replace('\t', ' '));
    }

    static String seconds(Duration duration) {
        long tenths = Math.max(0, duration.toMillis()) / 100;
        long minutes = tenths / 600;
        double rest = (tenths % 600) / 10.0;
        return minutes == 0
                ? String.format(Locale.ROOT, "%.1f s", rest)
                : String.format(Locale.ROOT, "%d min %04.1f s", minutes, rest);
    }
}
