package dev.remora;

/** What becomes of an execution's work directory when the execution has ended. */
public enum WorkDirectoryPolicy {
    /** It is removed. */
    REMOVE,
    /** It is removed after SUCCESS, and kept otherwise, until the execution is rerun or purged. */
    KEEP_UNLESS_SUCCESS,
    /** It is kept. */
    KEEP
}
