package dev.remora.model;

import java.util.Objects;

/**
 * One line of a log.
 *
 * @param number its place in the log of the job, over all attempts, from 0
 * @param attempt the attempt that wrote it
 * @param text the line, without its end
 */
public record LogLine(long number, int attempt, String text) {
    /**
     * Creates a line.
     *
     * @throws NullPointerException if the text is null
     */
    public LogLine {
        Objects.requireNonNull(text, "text");
    }
}
