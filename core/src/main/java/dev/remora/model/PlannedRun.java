package dev.remora.model;

import java.time.Instant;
import java.util.Objects;

/**
 * One time of a backfill.
 *
 * @param time the schedule time
 * @param execId the execution that stands for it
 */
public record PlannedRun(Instant time, long execId) {
    /**
     * Creates a planned run.
     *
     * @throws NullPointerException if the time is null
     */
    public PlannedRun {
        Objects.requireNonNull(time, "time");
    }
}
