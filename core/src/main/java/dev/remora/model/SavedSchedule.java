package dev.remora.model;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A schedule as it is stored.
 *
 * @param schedule the schedule; its zone is present
 * @param user who saved it
 * @param savedAt when
 * @param nextFireTime when it fires next; empty if it is offline or over
 * @param lastFireTime for which fire time it created a run last
 * @param skipped how many fire times were passed over, by its misfire or its overlap policy
 */
public record SavedSchedule(
        Schedule schedule,
        String user,
        Instant savedAt,
        Optional<Instant> nextFireTime,
        Optional<Instant> lastFireTime,
        long skipped) {
    /**
     * Creates a saved schedule.
     *
     * @throws NullPointerException if a component is null
     */
    public SavedSchedule {
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(savedAt, "savedAt");
        Objects.requireNonNull(nextFireTime, "nextFireTime");
        Objects.requireNonNull(lastFireTime, "lastFireTime");
    }
}
