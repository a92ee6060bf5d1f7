package dev.remora.internal.engine;

import dev.remora.error.LimitExceededException;
import dev.remora.error.ValidationException;
import dev.remora.model.Limit;
import dev.remora.model.LogRequest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which lines a search finds; bounded in time, whatever the regular expression. */
final class LineFilter {
    private final Optional<String> text;
    private final Optional<Pattern> regex;
    private final long boundMillis;
    private final long deadline;

    private LineFilter(Optional<String> text, Optional<Pattern> regex, long boundMillis) {
        this.text = text;
        this.regex = regex;
        this.boundMillis = boundMillis;
        deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(boundMillis);
    }

    static LineFilter of(LogRequest request, long boundMillis) {
        return new LineFilter(request.text(), request.regex().map(LineFilter::compiled), boundMillis);
    }

    private static Pattern compiled(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException | StackOverflowError wrong) {
            String why = wrong instanceof PatternSyntaxException syntax
                    ? syntax.getDescription() + " at " + syntax.getIndex()
                    : "is nested too deeply";
            throw ValidationException.of("log request", "regex", why);
        }
    }

    boolean passesAll() {
        return text.isEmpty() && regex.isEmpty();
    }

    boolean passes(String line) {
        checkTime();
        return text.map(line::contains).orElse(true)
                && regex.map(pattern -> finds(pattern, line)).orElse(true);
    }

    private boolean finds(Pattern pattern, String line) {
        try {
            return pattern.matcher(new Watched(line, 0, line.length())).find();
        } catch (StackOverflowError tooDeep) {
            throw ValidationException.of("log request", "regex", "is nested too deeply for a line of the log");
        }
    }

    private void checkTime() {
        if (System.nanoTime() - deadline > 0) {
            throw new LimitExceededException(
                    Limit.LOG_SEARCH_TIME,
                    boundMillis,
                    "the search takes too long; search for a plain text, or in one attempt");
        }
    }

    /** A line that looks at the time while a regular expression goes back and forth over it. */
    private final class Watched implements CharSequence {
        private static final int LOOKS_BETWEEN = 1 << 12;

        private final String line;
        private final int from;
        private final int to;
        private int looks;

        Watched(String line, int from, int to) {
            this.line = line;
            this.from = from;
            this.to = to;
        }

        @Override
        public char charAt(int index) {
            if (++looks % LOOKS_BETWEEN == 0) {
                checkTime();
            }
            return line.charAt(from + index);
        }

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Watched(line, from + start, from + end);
        }

        @Override
        public String toString() {
            return line.substring(from, to);
        }
    }
}
