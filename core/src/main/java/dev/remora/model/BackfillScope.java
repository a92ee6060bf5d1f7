package dev.remora.model;

/**
 * Which times of its range a backfill does. Only scheduled and backfilled runs of the same selection of nodes count. A time
 * that has an active run is always left out.
 */
public enum BackfillScope {
    /** Those that have no run. */
    MISSING,
    /** Those whose last run ended other than SUCCESS. */
    FAILED,
    /** All of them. */
    ALL
}
