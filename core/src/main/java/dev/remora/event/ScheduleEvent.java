package dev.remora.event;

import java.time.Instant;
import java.util.Objects;

/** Something that happened to a schedule, and of which there is no execution. */
public sealed interface ScheduleEvent {
    /**
     * Fire times were passed over.
     *
     * @param project the project
     * @param workflow the workflow
     * @param at when
     * @param from the first of the fire times
     * @param to the last of them
     * @param count how many they are
     * @param reason why
     */
    record PassedOver(String project, String workflow, Instant at, Instant from, Instant to, long count, Reason reason)
            implements ScheduleEvent {
        /**
         * Creates an event.
         *
         * @throws NullPointerException if a component is null
         */
        public PassedOver {
            Objects.requireNonNull(project, "project");
            Objects.requireNonNull(workflow, "workflow");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** Why a fire time has no run. */
    enum Reason {
        /** No engine was there for it, and the misfire policy leaves it out. */
        MISSED,
        /** A run before it had not ended, and the overlap policy leaves it out. */
        OVERLAP,
        /** As many runs as may wait did. */
        QUEUE_FULL
    }
}
