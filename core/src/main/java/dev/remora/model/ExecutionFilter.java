package dev.remora.model;

import dev.remora.error.ValidationException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which executions a list shows. An empty collection does not filter.
 *
 * @param submittedFrom the earliest submission time, inclusive
 * @param submittedTo the latest submission time, inclusive
 * @param project the project
 * @param workflows each matches the workflows whose names begin with it, literally and case-sensitively
 * @param statuses the states
 * @param types the types
 * @param submitUser who asked for it
 * @param after shows only what comes behind this place; the total still counts all that match
 * @param from how many to leave out at the front, or behind that place; at least 0
 * @param size how many to show at the most, 1 to 1000
 */
public record ExecutionFilter(
        Optional<Instant> submittedFrom,
        Optional<Instant> submittedTo,
        Optional<String> project,
        List<String> workflows,
        Set<Status> statuses,
        Set<ExecutionType> types,
        Optional<String> submitUser,
        Optional<ExecutionCursor> after,
        long from,
        int size) {
    /** The size of a page that asks for none. */
    public static final int DEFAULT_SIZE = 100;

    /** The largest size of a page. */
    public static final int MAX_SIZE = 1000;

    private static final String SUBJECT = "execution filter";

    /**
     * Creates a filter.
     *
     * @throws ValidationException if a bound is broken, or the interval is upside down
     */
    public ExecutionFilter {
        workflows = List.copyOf(workflows);
        statuses = Set.copyOf(statuses);
        types = Set.copyOf(types);
        if (from < 0) {
            throw ValidationException.of(SUBJECT, "from", "is " + from + "; it must be at least 0");
        }
        if (size < 1 || size > MAX_SIZE) {
            throw ValidationException.of(SUBJECT, "size", "is " + size + "; it must be 1 to " + MAX_SIZE);
        }
        if (submittedFrom.isPresent()
                && submittedTo.isPresent()
                && submittedFrom.get().isAfter(submittedTo.get())) {
            throw ValidationException.of(
                    SUBJECT, "submittedFrom", submittedFrom.get() + " is after submittedTo " + submittedTo.get());
        }
    }

    /**
     * Starts a filter that lets everything pass.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds an {@link ExecutionFilter}. Not safe for use by several threads. */
    public static final class Builder {
        private Optional<Instant> submittedFrom = Optional.empty();
        private Optional<Instant> submittedTo = Optional.empty();
        private Optional<String> project = Optional.empty();
        private List<String> workflows = List.of();
        private final Set<Status> statuses = EnumSet.noneOf(Status.class);
        private final Set<ExecutionType> types = EnumSet.noneOf(ExecutionType.class);
        private Optional<String> submitUser = Optional.empty();
        private Optional<ExecutionCursor> after = Optional.empty();
        private long from;
        private int size = DEFAULT_SIZE;

        private Builder() {}

        /**
         * Shows those submitted at or after an instant.
         *
         * @param time the earliest submission time
         * @return this
         */
        public Builder submittedFrom(Instant time) {
            submittedFrom = Optional.of(time);
            return this;
        }

        /**
         * Shows those submitted at or before an instant.
         *
         * @param time the latest submission time
         * @return this
         */
        public Builder submittedTo(Instant time) {
            submittedTo = Optional.of(time);
            return this;
        }

        /**
         * Shows those of one project.
         *
         * @param name the project
         * @return this
         */
        public Builder project(String name) {
            project = Optional.of(name);
            return this;
        }

        /**
         * Shows those of workflows whose names begin with one of these.
         *
         * @param prefixes literal prefixes
         * @return this
         */
        public Builder workflows(String... prefixes) {
            workflows = List.of(prefixes);
            return this;
        }

        /**
         * Shows those in certain states.
         *
         * @param wanted the states
         * @return this
         */
        public Builder statuses(Status... wanted) {
            statuses.addAll(List.of(wanted));
            return this;
        }

        /**
         * Shows those of certain types.
         *
         * @param wanted the types
         * @return this
         */
        public Builder types(ExecutionType... wanted) {
            types.addAll(List.of(wanted));
            return this;
        }

        /**
         * Shows those that one user asked for.
         *
         * @param user the user
         * @return this
         */
        public Builder submitUser(String user) {
            submitUser = Optional.of(Objects.requireNonNull(user));
            return this;
        }

        /**
         * Shows what comes behind a place, such as the end of the page before.
         *
         * @param place the place
         * @return this
         */
        public Builder after(ExecutionCursor place) {
            after = Optional.of(place);
            return this;
        }

        /**
         * Leaves out some at the front.
         *
         * @param offset how many, at least 0
         * @return this
         */
        public Builder from(long offset) {
            from = offset;
            return this;
        }

        /**
         * Sets the size of the page.
         *
         * @param most 1 to 1000
         * @return this
         */
        public Builder size(int most) {
            size = most;
            return this;
        }

        /**
         * Builds the filter.
         *
         * @return the filter
         * @throws ValidationException if a bound is broken, or the interval is upside down
         */
        public ExecutionFilter build() {
            return new ExecutionFilter(
                    submittedFrom, submittedTo, project, workflows, statuses, types, submitUser, after, from, size);
        }
    }
}
