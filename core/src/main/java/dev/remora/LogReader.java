package dev.remora;

import dev.remora.model.LogLine;
import dev.remora.model.LogPage;
import dev.remora.model.LogRequest;
import java.util.function.Consumer;

/**
 * Reads the logs of jobs, page by page, never a whole log at once. Safe for use by several threads. Every call may
 * throw {@link dev.remora.error.StorageException}.
 */
public interface LogReader {
    /**
     * Reads a page: all attempts in order, each line marked with its attempt. With a text or a regular expression,
     * {@code total} and {@code from} count the matching lines.
     *
     * @param request which lines
     * @return the page; empty if {@code from} is beyond the end or the attempt is unknown
     * @throws dev.remora.error.NotFoundException if there is no such job
     * @throws dev.remora.error.ValidationException if the regular expression is not one
     * @throws dev.remora.error.LimitExceededException if a search takes longer than
     *     {@link dev.remora.model.Limit#LOG_SEARCH_TIME}
     */
    LogPage read(LogRequest request);

    /**
     * Follows a log live, from a line on, until its node is final: over retries, pauses and reruns in between.
     *
     * @param jobId whose log
     * @param fromLine the number of the first line wanted
     * @param lines hears each line, in order, on a thread of the engine; it must not block for long
     * @return by which following can be ended early, and its end awaited
     * @throws dev.remora.error.NotFoundException if there is no such job
     */
    LogFollow follow(String jobId, long fromLine, Consumer<LogLine> lines);
}
