package dev.remora.model;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks for runs of a saved workflow for every fire time of a range.
 *
 * @param project the project
 * @param workflow the workflow, in its latest version
 * @param from the start of the range, inclusive
 * @param to the end of the range, inclusive
 * @param cron the fire times, in Quartz format; those of the workflow's schedule if empty
 * @param zone the zone of the fire times and of the runs; if empty, that of the workflow's schedule, else the engine's
 * @param scope which times to do
 * @param order in which order they start
 * @param parallel how many run at once at the most; 1 for one after the other
 * @param stopOnFailure whether no further time starts after one has ended other than SUCCESS
 * @param waits whether each run waits for other workflows as the schedule says
 * @param attempts how many rounds a run may take by itself: while it ends FAILED, its failed part runs again
 * @param options how each run is to go; without a schedule time and an idempotency key
 */
public record BackfillRequest(
        String project,
        String workflow,
        Instant from,
        Instant to,
        Optional<String> cron,
        Optional<ZoneId> zone,
        BackfillScope scope,
        BackfillOrder order,
        int parallel,
        boolean stopOnFailure,
        boolean waits,
        int attempts,
        RunOptions options) {
    /**
     * Creates a request. Whether it fits the workflow and the limits is checked when it is made.
     *
     * @throws NullPointerException if a component is null
     */
    public BackfillRequest {
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(workflow, "workflow");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(cron, "cron");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(options, "options");
    }

    /**
     * Starts a request.
     *
     * @param project the project
     * @param workflow the workflow
     * @param from the start of the range, inclusive
     * @param to the end of the range, inclusive
     * @return a new builder
     */
    public static Builder builder(String project, String workflow, Instant from, Instant to) {
        return new Builder(project, workflow, from, to);
    }

    /** Builds a {@link BackfillRequest}. Not safe for use by several threads. */
    public static final class Builder extends RunOptions.Settings<Builder> {
        private final String project;
        private final String workflow;
        private final Instant from;
        private final Instant to;
        private Optional<String> cron = Optional.empty();
        private Optional<ZoneId> zone = Optional.empty();
        private BackfillScope scope = BackfillScope.ALL;
        private BackfillOrder order = BackfillOrder.ASCENDING;
        private int parallel = 1;
        private boolean stopOnFailure;
        private boolean waits;
        private int attempts = 1;

        private Builder(String project, String workflow, Instant from, Instant to) {
            this.project = project;
            this.workflow = workflow;
            this.from = from;
            this.to = to;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets the fire times; those of the workflow's schedule by default.
         *
         * @param text in Quartz format
         * @return this
         */
        public Builder cron(String text) {
            cron = Optional.of(text);
            return this;
        }

        /**
         * Sets the zone of the fire times and of the runs; by default that of the workflow's schedule, else the engine's.
         *
         * @param local the zone
         * @return this
         */
        public Builder zone(ZoneId local) {
            zone = Optional.of(local);
            return this;
        }

        /**
         * Sets which times to do; {@link BackfillScope#ALL} by default.
         *
         * @param which which
         * @return this
         */
        public Builder scope(BackfillScope which) {
            scope = Objects.requireNonNull(which, "scope");
            return this;
        }

        /**
         * Sets in which order times start; {@link BackfillOrder#ASCENDING} by default.
         *
         * @param direction the order
         * @return this
         */
        public Builder order(BackfillOrder direction) {
            order = Objects.requireNonNull(direction, "order");
            return this;
        }

        /**
         * Sets how many times run at once; 1 by default.
         *
         * @param most 1 to 10,000
         * @return this
         */
        public Builder parallel(int most) {
            parallel = most;
            return this;
        }

        /**
         * Sets whether no further time starts after one has ended other than SUCCESS; false by default.
         *
         * @param stops true to stop
         * @return this
         */
        public Builder stopOnFailure(boolean stops) {
            stopOnFailure = stops;
            return this;
        }

        /**
         * Sets whether each run waits for other workflows, and for the run before, as the workflow's schedule says; false by
         * default.
         *
         * @param wait true to wait
         * @return this
         */
        public Builder waits(boolean wait) {
            waits = wait;
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
         * Builds the request.
         *
         * @return the request
         */
        public BackfillRequest build() {
            return new BackfillRequest(
                    project,
                    workflow,
                    from,
                    to,
                    cron,
                    zone,
                    scope,
                    order,
                    parallel,
                    stopOnFailure,
                    waits,
                    attempts,
                    options());
        }
    }
}
