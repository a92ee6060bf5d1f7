package dev.remora.spi;

import dev.remora.model.ExecutionType;
import dev.remora.model.Status;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Says which scheduled and backfilled executions of one workflow are wanted. They come by schedule time, those of one time
 * by id.
 *
 * @param project the project
 * @param workflow the workflow, exactly
 * @param from the first schedule time; no bound if empty
 * @param to the last schedule time; no bound if empty
 * @param type of one type only
 * @param backfillId of one backfill only
 * @param statuses the states; all if empty
 * @param held held ones only, or those only that are not
 * @param latestFirst whether the order is turned round
 * @param limit how many at the most
 */
public record TimedFilter(
        String project,
        String workflow,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<ExecutionType> type,
        OptionalLong backfillId,
        Set<Status> statuses,
        Optional<Boolean> held,
        boolean latestFirst,
        int limit) {
    /**
     * Creates a filter.
     *
     * @throws NullPointerException if a component is null
     */
    public TimedFilter {
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(workflow, "workflow");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(backfillId, "backfillId");
        statuses = Set.copyOf(statuses);
        Objects.requireNonNull(held, "held");
    }

    /**
     * Wants all of a workflow, the oldest schedule time first.
     *
     * @param project the project
     * @param workflow the workflow
     * @param limit how many at the most
     * @return the filter
     */
    public static TimedFilter of(String project, String workflow, int limit) {
        return new TimedFilter(
                project,
                workflow,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                Set.of(),
                Optional.empty(),
                false,
                limit);
    }

    /**
     * Wants those of a closed range of schedule times.
     *
     * @param first the first
     * @param last the last
     * @return a narrower filter
     */
    public TimedFilter between(Instant first, Instant last) {
        return new TimedFilter(
                project,
                workflow,
                Optional.of(first),
                Optional.of(last),
                type,
                backfillId,
                statuses,
                held,
                latestFirst,
                limit);
    }

    /**
     * Wants those up to a schedule time.
     *
     * @param last the last
     * @return a narrower filter
     */
    public TimedFilter until(Instant last) {
        return new TimedFilter(
                project, workflow, from, Optional.of(last), type, backfillId, statuses, held, latestFirst, limit);
    }

    /**
     * Wants those of a backfill.
     *
     * @param id the backfill
     * @return a narrower filter
     */
    public TimedFilter backfill(long id) {
        return new TimedFilter(
                project, workflow, from, to, type, OptionalLong.of(id), statuses, held, latestFirst, limit);
    }

    /**
     * Wants those of a type.
     *
     * @param wanted the type
     * @return a narrower filter
     */
    public TimedFilter type(ExecutionType wanted) {
        return new TimedFilter(
                project, workflow, from, to, Optional.of(wanted), backfillId, statuses, held, latestFirst, limit);
    }

    /**
     * Wants those in certain states.
     *
     * @param wanted the states
     * @return a narrower filter
     */
    public TimedFilter statuses(Status... wanted) {
        return new TimedFilter(project, workflow, from, to, type, backfillId, Set.of(wanted), held, latestFirst, limit);
    }

    /**
     * Wants held ones, or those only that are not.
     *
     * @param which true for held ones
     * @return a narrower filter
     */
    public TimedFilter held(boolean which) {
        return new TimedFilter(
                project, workflow, from, to, type, backfillId, statuses, Optional.of(which), latestFirst, limit);
    }

    /**
     * Turns the order round.
     *
     * @return a filter for the latest schedule time first
     */
    public TimedFilter fromTheLatest() {
        return new TimedFilter(project, workflow, from, to, type, backfillId, statuses, held, true, limit);
    }

    /**
     * Tells whether an execution is wanted.
     *
     * @param record the execution
     * @return whether all but the limit lets it through
     */
    public boolean matches(ExecutionRecord record) {
        Submission submission = record.submission();
        return submission.type() != ExecutionType.DIRECT
                && submission.project().equals(project)
                && submission.workflow().equals(workflow)
                && from.filter(submission.scheduleTime()::isBefore).isEmpty()
                && to.filter(submission.scheduleTime()::isAfter).isEmpty()
                && type.filter(wanted -> wanted != submission.type()).isEmpty()
                && (backfillId.isEmpty()
                        || backfillId.equals(submission.occasion().backfillId()))
                && (statuses.isEmpty() || statuses.contains(record.state().status()))
                && held.filter(wanted -> wanted != record.state().held()).isEmpty();
    }
}
