package dev.remora.model;

/** What a schedule does when it fires while a scheduled run of its workflow has not ended. */
public enum OverlapPolicy {
    /** The fire time is passed over, counted, and told to the listeners; there is no execution of it. */
    SKIP,
    /**
     * The run is stored, state INIT, and starts when those before it have ended. {@link Limit#QUEUED_RUNS} may wait; more
     * are passed over like with {@link #SKIP}.
     */
    QUEUE,
    /** Both run. */
    PARALLEL,
    /** What runs or waits is killed, with cause {@link Cause#REPLACED}; the new run starts when that has ended. */
    REPLACE
}
