package dev.remora.model;

/**
 * What a purge removed, or would remove.
 *
 * @param executions how many executions
 * @param nodes how many stored nodes of them
 * @param logLines how many lines of their logs
 * @param workflows how many unsaved and deleted workflows whose definitions went with their last execution, with files that
 *     nothing else refers to
 * @param kept how many executions the rule means, and a backfill or a wait still needs
 * @param complete whether all was looked at; false if the engine closed, or the thread was interrupted, before
 */
public record RetentionReport(long executions, long nodes, long logLines, long workflows, long kept, boolean complete) {
    /** Nothing, as yet. */
    public static final RetentionReport NOTHING = new RetentionReport(0, 0, 0, 0, 0, true);

    /**
     * Returns the sum of this report and another one.
     *
     * @param other the other one
     * @return what both removed; complete if both are
     */
    public RetentionReport plus(RetentionReport other) {
        return new RetentionReport(
                executions + other.executions,
                nodes + other.nodes,
                logLines + other.logLines,
                workflows + other.workflows,
                kept + other.kept,
                complete && other.complete);
    }
}
