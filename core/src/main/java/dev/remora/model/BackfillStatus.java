package dev.remora.model;

/** The state of a backfill. */
public enum BackfillStatus {
    /** Its times are run. */
    RUNNING,
    /** What runs goes on, no further time starts. */
    PAUSED,
    /** A time failed, and no further one starts; what runs goes on. */
    STOPPING,
    /** Someone cancelled it; what runs is being killed. */
    CANCELLING,
    /** Every time succeeded. */
    SUCCESS,
    /** Every time was run, and some did not succeed. */
    FAILED,
    /** It ended early because a time failed. */
    STOPPED,
    /** It was cancelled. */
    CANCELLED;

    /**
     * Tells whether it has ended.
     *
     * @return true if nothing of it runs or waits any more
     */
    public boolean isFinal() {
        return ordinal() >= SUCCESS.ordinal();
    }
}
