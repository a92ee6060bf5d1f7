package dev.remora.model;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * When a workflow runs by itself, and how. A workflow has at most one.
 *
 * <p>Fire times are local times of the zone. One that summer time leaves out fires when the gap ends; one that it doubles
 * fires once, the first time. Several that fall on one instant fire once.
 *
 * @param project the project
 * @param workflow the workflow
 * @param cron six or seven fields, as Quartz has them: seconds, minutes, hours, days of the month, months, days of the
 *     week, years
 * @param zone the zone of the fire times and of the runs; the engine's if empty
 * @param start no fire time before this, inclusive
 * @param end no fire time after this, inclusive
 * @param online whether it fires
 * @param misfire what happens to fire times that no engine was there for
 * @param overlap what happens when the run before has not ended
 * @param attempts how many rounds a run may take by itself: while it ends FAILED, its failed part runs again
 * @param waitFor workflows of the same project whose runs of the same period must have succeeded first
 * @param waitForPrevious whether the own run before must have succeeded first
 * @param waitTimeout how long a run waits for others; if empty, the timeout of the run, if there is one
 * @param options how each run is to go; without a schedule time and an idempotency key
 */
public record Schedule(
        String project,
        String workflow,
        String cron,
        Optional<ZoneId> zone,
        Optional<Instant> start,
        Optional<Instant> end,
        boolean online,
        MisfirePolicy misfire,
        OverlapPolicy overlap,
        int attempts,
        List<String> waitFor,
        boolean waitForPrevious,
        Optional<Duration> waitTimeout,
        RunOptions options) {
    /**
     * Creates a schedule. Whether it fits the workflow and the limits is checked when it is saved.
     *
     * @throws NullPointerException if a component is null
     */
    public Schedule {
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(workflow, "workflow");
        Objects.requireNonNull(cron, "cron");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(end, "end");
        Objects.requireNonNull(misfire, "misfire");
        Objects.requireNonNull(overlap, "overlap");
        waitFor = List.copyOf(waitFor);
        Objects.requireNonNull(waitTimeout, "waitTimeout");
        Objects.requireNonNull(options, "options");
    }

    /**
     * Starts a schedule.
     *
     * @param project the project
     * @param workflow the workflow
     * @param cron when it fires, in Quartz format: {@code 0 30 2 * * ?} is half past two every day
     * @return a new builder
     */
    public static Builder builder(String project, String workflow, String cron) {
        return new Builder(project, workflow, cron);
    }

    /**
     * Returns this schedule, online or offline.
     *
     * @param fires whether it fires
     * @return a copy
     */
    public Schedule withOnline(boolean fires) {
        return new Schedule(
                project,
                workflow,
                cron,
                zone,
                start,
                end,
                fires,
                misfire,
                overlap,
                attempts,
                waitFor,
                waitForPrevious,
                waitTimeout,
                options);
    }

    /**
     * Returns this schedule in a zone.
     *
     * @param local the zone
     * @return a copy
     */
    public Schedule withZone(ZoneId local) {
        return new Schedule(
                project,
                workflow,
                cron,
                Optional.of(local),
                start,
                end,
                online,
                misfire,
                overlap,
                attempts,
                waitFor,
                waitForPrevious,
                waitTimeout,
                options);
    }

    /** Builds a {@link Schedule}. Not safe for use by several threads. */
    public static final class Builder extends RunOptions.Settings<Builder> {
        private final String project;
        private final String workflow;
        private final String cron;
        private Optional<ZoneId> zone = Optional.empty();
        private Optional<Instant> start = Optional.empty();
        private Optional<Instant> end = Optional.empty();
        private boolean online = true;
        private MisfirePolicy misfire = MisfirePolicy.LATEST;
        private OverlapPolicy overlap = OverlapPolicy.QUEUE;
        private int attempts = 1;
        private final List<String> waitFor = new ArrayList<>();
        private boolean waitForPrevious;
        private Optional<Duration> waitTimeout = Optional.empty();

        private Builder(String project, String workflow, String cron) {
            this.project = project;
            this.workflow = workflow;
            this.cron = cron;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets the zone of the fire times and of the runs; the engine's by default.
         *
         * @param local the zone
         * @return this
         */
        public Builder zone(ZoneId local) {
            zone = Optional.of(local);
            return this;
        }

        /**
         * Sets the first instant at which it may fire.
         *
         * @param first inclusive
         * @return this
         */
        public Builder start(Instant first) {
            start = Optional.of(first);
            return this;
        }

        /**
         * Sets the last instant at which it may fire.
         *
         * @param last inclusive
         * @return this
         */
        public Builder end(Instant last) {
            end = Optional.of(last);
            return this;
        }

        /**
         * Sets whether it fires; true by default.
         *
         * @param fires false for a schedule that only stands by
         * @return this
         */
        public Builder online(boolean fires) {
            online = fires;
            return this;
        }

        /**
         * Sets what happens to missed fire times; {@link MisfirePolicy#LATEST} by default.
         *
         * @param policy the policy
         * @return this
         */
        public Builder misfire(MisfirePolicy policy) {
            misfire = Objects.requireNonNull(policy, "misfire");
            return this;
        }

        /**
         * Sets what happens when the run before has not ended; {@link OverlapPolicy#QUEUE} by default.
         *
         * @param policy the policy
         * @return this
         */
        public Builder overlap(OverlapPolicy policy) {
            overlap = Objects.requireNonNull(policy, "overlap");
            return this;
        }

        /**
         * Sets how many rounds a run may take by itself; 1 by default.
         *
         * @param most 1 to 100
         * @return this
         */
        public Builder attempts(int most) {
            attempts = most;
            return this;
        }

        /**
         * Lets each run wait for other workflows: for all their whole scheduled or backfilled runs between the fire time
         * before, exclusive, and its own, inclusive, of which there must be one at least; for one that fires less often,
         * for its latest.
         *
         * @param workflows workflows of the same project, each with a schedule
         * @return this
         */
        public Builder waitFor(String... workflows) {
            waitFor.addAll(List.of(workflows));
            return this;
        }

        /**
         * Sets whether each run waits for the workflow's own whole scheduled or backfilled run before it, if there is one.
         *
         * @param waits true to wait
         * @return this
         */
        public Builder waitForPrevious(boolean waits) {
            waitForPrevious = waits;
            return this;
        }

        /**
         * Sets how long a run may wait for others; the timeout of the run by default, 365 days if it has none. It stands still
         * while the run is paused.
         *
         * @param limit 1 ms to 365 days
         * @return this
         */
        public Builder waitTimeout(Duration limit) {
            waitTimeout = Optional.of(limit);
            return this;
        }

        /**
         * Builds the schedule.
         *
         * @return the schedule
         */
        public Schedule build() {
            return new Schedule(
                    project,
                    workflow,
                    cron,
                    zone,
                    start,
                    end,
                    online,
                    misfire,
                    overlap,
                    attempts,
                    waitFor,
                    waitForPrevious,
                    waitTimeout,
                    options());
        }
    }
}
