package dev.remora.spi;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What changes of a schedule while it fires.
 *
 * @param revision 1 when it is first saved; one more with each change, of the schedule or of its state
 * @param cursor up to when, inclusive, its fire times have been dealt with
 * @param nextFireTime when it is due next; empty if it is offline or over
 * @param lastFireTime for which fire time it created a run last
 * @param skipped how many fire times were passed over
 */
public record ScheduleState(
        long revision, Instant cursor, Optional<Instant> nextFireTime, Optional<Instant> lastFireTime, long skipped) {
    /**
     * Creates a state.
     *
     * @throws NullPointerException if a component is null
     */
    public ScheduleState {
        Objects.requireNonNull(cursor, "cursor");
        Objects.requireNonNull(nextFireTime, "nextFireTime");
        Objects.requireNonNull(lastFireTime, "lastFireTime");
    }
}
