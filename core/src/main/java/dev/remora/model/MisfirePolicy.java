package dev.remora.model;

/**
 * What a schedule does about fire times that no engine was there for. They are missed if the first of them is more than a
 * minute old when an engine gets to it; until then a delay is no miss, and each of them fires.
 */
public enum MisfirePolicy {
    /** Missed fire times are passed over. */
    NONE,
    /** Of missed fire times the latest fires. */
    LATEST,
    /** Every missed fire time fires, the oldest first. */
    ALL
}
