package dev.remora.spi;

import dev.remora.model.ExecutionCursor;
import dev.remora.model.Status;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Says which executions that have ended are wanted.
 *
 * @param project of one project only; of all if empty
 * @param workflow of one workflow only, exactly; a project is given as well then
 * @param statuses the final states, at least one
 * @param endedBefore those only that ended before this; no bound if empty
 * @param unsavedEndedBefore of unsaved workflows those only that ended before this
 * @param behind those only that are newer, in the order of lists, than this place; no bound if empty
 * @param before those only that are older than this place; no bound if empty
 * @param limit how many at the most
 */
public record EndedFilter(
        Optional<String> project,
        Optional<String> workflow,
        Set<Status> statuses,
        Optional<Instant> endedBefore,
        Instant unsavedEndedBefore,
        Optional<ExecutionCursor> behind,
        Optional<ExecutionCursor> before,
        int limit) {
    /**
     * Creates a filter.
     *
     * @throws NullPointerException if a component is null
     * @throws IllegalArgumentException if there is no state, or one that is not final, or a workflow without a project
     */
    public EndedFilter {
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(workflow, "workflow");
        statuses = Set.copyOf(statuses);
        Objects.requireNonNull(endedBefore, "endedBefore");
        Objects.requireNonNull(unsavedEndedBefore, "unsavedEndedBefore");
        Objects.requireNonNull(behind, "behind");
        Objects.requireNonNull(before, "before");
        if (statuses.isEmpty() || !statuses.stream().allMatch(Status::isFinal)) {
            throw new IllegalArgumentException(
                    "statuses are " + statuses + "; all must be final, and there must be one");
        }
        if (workflow.isPresent() && project.isEmpty()) {
            throw new IllegalArgumentException("workflow " + workflow.get() + " comes without its project");
        }
    }

    /**
     * Returns this filter for what comes behind a place.
     *
     * @param place the place of the last execution found
     * @return a changed copy
     */
    public EndedFilter goingOn(ExecutionCursor place) {
        return new EndedFilter(
                project, workflow, statuses, endedBefore, unsavedEndedBefore, Optional.of(place), before, limit);
    }

    /**
     * Tells whether an execution is wanted.
     *
     * @param record the execution
     * @param unsaved whether its workflow is unsaved
     * @return whether all but the limit lets it through
     */
    public boolean matches(ExecutionRecord record, boolean unsaved) {
        Instant ended = Instant.ofEpochMilli(record.state().endedAt());
        Submission submission = record.submission();
        return statuses.contains(record.state().status())
                && project.filter(wanted -> !wanted.equals(submission.project()))
                        .isEmpty()
                && workflow.filter(wanted -> !wanted.equals(submission.workflow()))
                        .isEmpty()
                && endedBefore.filter(bound -> !ended.isBefore(bound)).isEmpty()
                && (!unsaved || ended.isBefore(unsavedEndedBefore))
                // why: places compare in the order of lists, the newest first
                && behind.filter(place -> record.place().compareTo(place) >= 0).isEmpty()
                && before.filter(place -> record.place().compareTo(place) <= 0).isEmpty();
    }
}
