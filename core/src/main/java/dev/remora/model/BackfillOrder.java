package dev.remora.model;

/** In which order the times of a backfill start. */
public enum BackfillOrder {
    /** The oldest first. */
    ASCENDING,
    /** The newest first. */
    DESCENDING
}
