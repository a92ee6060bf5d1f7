package dev.remora.internal.param;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** A pattern of date and time letters, with quoted literals and without optional parts. */
final class TimeFormat {
    /** Texts as of {@link Locale#ROOT}, which alone would let weeks begin on Sunday; any ISO region without a language will do. */
    private static final Locale ROOT_WITH_ISO_WEEKS =
            new Locale.Builder().setRegion("DE").build();

    /** Few patterns are in use, and a formatter costs more than all else in a text. */
    private static final Cache<String, Optional<TimeFormat>> KNOWN =
            CacheBuilder.newBuilder().maximumSize(1_000).build();

    private static final int LONGEST_KNOWN = 100;
    private static final int LAST_YEAR = 9999;
    private static final String LETTERS_OF_EXPRESSIONS = "yuMdHhmsDS";

    private final DateTimeFormatter formatter;

    private TimeFormat(DateTimeFormatter formatter) {
        this.formatter = formatter;
    }

    /** Reads a pattern; empty if it is none. */
    static Optional<TimeFormat> of(String pattern) {
        Optional<TimeFormat> known = KNOWN.getIfPresent(pattern);
        if (known == null) {
            known = pattern.isEmpty() || hasForeignSign(pattern) ? Optional.empty() : read(pattern);
            if (pattern.length() <= LONGEST_KNOWN) {
                KNOWN.put(pattern, known);
            }
        }
        return known;
    }

    private static Optional<TimeFormat> read(String pattern) {
        try {
            return Optional.of(new TimeFormat(DateTimeFormatter.ofPattern(pattern, ROOT_WITH_ISO_WEEKS)));
        } catch (IllegalArgumentException notPattern) {
            return Optional.empty();
        }
    }

    /** Prints a time; empty if its year has not one to four digits, or a letter cannot show it. */
    Optional<String> print(ZonedDateTime time) {
        if (time.getYear() < 1 || time.getYear() > LAST_YEAR) {
            return Optional.empty();
        }
        try {
            return Optional.of(formatter.format(time));
        } catch (RuntimeException notPrintable) {
            // why: besides DateTimeException the JDK throws index errors, as for a year of more than ten letters
            return Optional.empty();
        }
    }

    /** Tells whether a pattern has two of the same telling letter in a row, which no script has by chance. */
    static boolean hasRun(String pattern) {
        boolean quoted = false;
        char last = '\0';
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            quoted ^= c == '\'';
            if (!quoted && c == last && LETTERS_OF_EXPRESSIONS.indexOf(c) >= 0) {
                return true;
            }
            last = c;
        }
        return false;
    }

    // why: a bracket begins an optional part, a p pads what follows, and neither is a date or time letter; a dollar is
    // a
    // variable of a script, as in $[$mm+1]
    private static boolean hasForeignSign(String pattern) {
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            quoted ^= c == '\'';
            if (!quoted && (c == '[' || c == ']' || c == 'p' || c == '$')) {
                return true;
            }
        }
        return false;
    }
}
