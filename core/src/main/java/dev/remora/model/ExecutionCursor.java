package dev.remora.model;

import java.util.Comparator;

/**
 * A place in the order of a list of executions, right behind one of them. What is submitted later comes in front of it, so
 * that paging on from here neither repeats nor misses an execution that has started.
 *
 * @param time when the execution started, or was submitted if it has not, in epoch milliseconds
 * @param execId its id
 */
public record ExecutionCursor(long time, long execId) implements Comparable<ExecutionCursor> {
    private static final Comparator<ExecutionCursor> NEWEST_FIRST = Comparator.comparingLong(ExecutionCursor::time)
            .thenComparingLong(ExecutionCursor::execId)
            .reversed();

    /** Compares in the order of lists: newest first, ties by id descending. */
    @Override
    public int compareTo(ExecutionCursor other) {
        return NEWEST_FIRST.compare(this, other);
    }
}
