package dev.remora;

/** What becomes of jobs that still run when an engine {@linkplain Remora#close(java.time.Duration, OnClose) closes}. */
public enum OnClose {
    /** They are stopped; their nodes run again in the next engine. */
    STOP,
    /**
     * Those that need no engine go on, for the next one to find, as when the application is deployed anew: processes on
     * this host and applications of a cluster. Code in Java, and what else cannot be found again, is stopped.
     */
    LEAVE
}
