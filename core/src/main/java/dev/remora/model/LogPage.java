package dev.remora.model;

import java.util.List;

/**
 * A page of a log.
 *
 * @param total how many lines there are; with a search, how many match
 * @param lines those of this page, in the order written
 * @param tookMillis how long the reading took
 */
public record LogPage(long total, List<LogLine> lines, long tookMillis) {
    /** Creates a page. */
    public LogPage {
        lines = List.copyOf(lines);
    }

    /**
     * Returns the length of this page.
     *
     * @return how many lines it shows
     */
    public int length() {
        return lines.size();
    }

    /**
     * Returns the lines as text.
     *
     * @return the lines without number and attempt
     */
    public List<String> content() {
        return lines.stream().map(LogLine::text).toList();
    }
}
