package dev.remora.model;

/** How an execution came about. */
public enum ExecutionType {
    /** By hand, of a saved or an unsaved workflow. */
    DIRECT,
    /** By a schedule of the workflow. */
    SCHEDULER,
    /** By a backfill. */
    COMPLEMENT_DATA
}
