package dev.remora.model;

/** Which ends of an execution are notified. */
public enum NotifyType {
    /** No end. */
    NONE,
    /** SUCCESS. */
    SUCCESS,
    /** KILL, FAILED and DEP_FAILED. */
    FAILURE,
    /** Every end. */
    ALL
}
