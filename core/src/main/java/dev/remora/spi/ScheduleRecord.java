package dev.remora.spi;

import dev.remora.model.Schedule;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * A schedule as it is stored. Its project and workflow identify it.
 *
 * @param schedule the schedule; its zone is present
 * @param user who saved it
 * @param savedAt when; cut to milliseconds
 * @param state how far it is
 */
public record ScheduleRecord(Schedule schedule, String user, Instant savedAt, ScheduleState state) {
    /**
     * Creates a record.
     *
     * @throws NullPointerException if a component is null
     */
    public ScheduleRecord {
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(user, "user");
        savedAt = savedAt.truncatedTo(ChronoUnit.MILLIS);
        Objects.requireNonNull(state, "state");
    }
}
