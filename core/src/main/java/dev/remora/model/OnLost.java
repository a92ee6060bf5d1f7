package dev.remora.model;

/** What happens to a node whose job vanished with its engine and could not be found again. */
public enum OnLost {
    /**
     * A new attempt starts at once; it does not use up the attempts of the {@link RetryPolicy}. A node lost three times
     * in a row is FAILED with cause {@link Cause#LOST}.
     */
    RERUN,
    /** The node is FAILED with cause {@link Cause#LOST}, without a retry. */
    FAIL
}
