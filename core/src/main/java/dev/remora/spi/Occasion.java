package dev.remora.spi;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a schedule or a backfill adds to a submission.
 *
 * @param zone the zone in which the schedule time is written
 * @param backfillId the backfill that it is part of
 * @param attempts how many rounds it may take by itself, at least 1
 * @param previousTime the fire time before the schedule time: the period of the run begins after it; empty for a run by
 *     hand, and for a first fire time
 * @param waits what must have succeeded before it starts
 * @param waitTimeout how long it may wait for that; empty if it waits for nothing
 */
public record Occasion(
        ZoneId zone,
        OptionalLong backfillId,
        int attempts,
        Optional<Instant> previousTime,
        List<Wait> waits,
        Optional<Duration> waitTimeout) {
    /**
     * Whole runs, scheduled or backfilled, of a workflow of the same project.
     *
     * @param workflow the workflow
     * @param period the runs meant
     */
    public record Wait(String workflow, Period period) {
        /**
         * Creates a wait.
         *
         * @throws NullPointerException if a component is null
         */
        public Wait {
            Objects.requireNonNull(workflow, "workflow");
            Objects.requireNonNull(period, "period");
        }
    }

    /** Which runs a wait means: those of a period, after the schedule time before and up to the own one; or the run before. */
    public enum Period {
        /** All of the period, at least one; for a workflow that fires less often its latest. */
        SAME,
        /** The last that ran before, if there is one. */
        PREVIOUS
    }

    /**
     * Creates an occasion.
     *
     * @throws NullPointerException if a component is null
     */
    public Occasion {
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(backfillId, "backfillId");
        Objects.requireNonNull(previousTime, "previousTime");
        waits = List.copyOf(waits);
        Objects.requireNonNull(waitTimeout, "waitTimeout");
    }

    /**
     * Returns the occasion of a run by hand: it waits for nothing, and has one round.
     *
     * @param zone its zone
     * @return the occasion
     */
    public static Occasion in(ZoneId zone) {
        return new Occasion(zone, OptionalLong.empty(), 1, Optional.empty(), List.of(), Optional.empty());
    }
}
