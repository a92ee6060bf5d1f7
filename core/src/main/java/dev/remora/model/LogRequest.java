package dev.remora.model;

import dev.remora.error.ValidationException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Asks for lines of a log.
 *
 * @param jobId whose log
 * @param from how many (matching) lines to leave out at the front, at least 0
 * @param size how many to show at the most, 1 to 1000
 * @param text only lines that contain this, case-sensitively; empty text does not filter
 * @param regex only lines in which this regular expression of {@link java.util.regex.Pattern} finds something; not
 *     together with {@code text}
 * @param attempt only lines of this attempt
 */
public record LogRequest(
        String jobId, long from, int size, Optional<String> text, Optional<String> regex, OptionalInt attempt) {
    /** The size of a page that asks for none. */
    public static final int DEFAULT_SIZE = 100;

    /** The largest size of a page. */
    public static final int MAX_SIZE = 1000;

    private static final String SUBJECT = "log request";

    /**
     * Creates a request.
     *
     * @throws ValidationException if a bound is broken, or both a text and a regular expression are given
     */
    public LogRequest {
        Objects.requireNonNull(jobId, "jobId");
        if (from < 0) {
            throw ValidationException.of(SUBJECT, "from", "is " + from + "; it must be at least 0");
        }
        if (size < 1 || size > MAX_SIZE) {
            throw ValidationException.of(SUBJECT, "size", "is " + size + "; it must be 1 to " + MAX_SIZE);
        }
        if (text.isPresent() && regex.isPresent()) {
            throw ValidationException.of(SUBJECT, "text", "is given beside regex; a search takes one of them");
        }
        text = text.filter(filter -> !filter.isEmpty());
        Objects.requireNonNull(attempt, "attempt");
    }

    /**
     * Asks for the first lines.
     *
     * @param jobId whose log
     * @return the request
     */
    public static LogRequest of(String jobId) {
        return builder(jobId).build();
    }

    /**
     * Starts a request.
     *
     * @param jobId whose log
     * @return a new builder
     */
    public static Builder builder(String jobId) {
        return new Builder(jobId);
    }

    /** Builds a {@link LogRequest}. Not safe for use by several threads. */
    public static final class Builder {
        private final String jobId;
        private long from;
        private int size = DEFAULT_SIZE;
        private Optional<String> text = Optional.empty();
        private Optional<String> regex = Optional.empty();
        private OptionalInt attempt = OptionalInt.empty();

        private Builder(String jobId) {
            this.jobId = jobId;
        }

        /**
         * Leaves out some lines at the front.
         *
         * @param offset how many, at least 0
         * @return this
         */
        public Builder from(long offset) {
            from = offset;
            return this;
        }

        /**
         * Sets the size of the page.
         *
         * @param most 1 to 1000
         * @return this
         */
        public Builder size(int most) {
            size = most;
            return this;
        }

        /**
         * Searches for a text.
         *
         * @param part what a line must contain
         * @return this
         */
        public Builder text(String part) {
            text = Optional.of(part);
            return this;
        }

        /**
         * Searches for a regular expression.
         *
         * @param expression what must be found in a line
         * @return this
         */
        public Builder regex(String expression) {
            regex = Optional.of(expression);
            return this;
        }

        /**
         * Shows one attempt only.
         *
         * @param number the attempt, 1 for the first
         * @return this
         */
        public Builder attempt(int number) {
            attempt = OptionalInt.of(number);
            return this;
        }

        /**
         * Builds the request.
         *
         * @return the request
         * @throws ValidationException if a bound is broken, or both a text and a regular expression are given
         */
        public LogRequest build() {
            return new LogRequest(jobId, from, size, text, regex, attempt);
        }
    }
}
