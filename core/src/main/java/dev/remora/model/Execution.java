package dev.remora.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One run, as a query sees it.
 *
 * @param execId the id, increasing
 * @param project the project
 * @param workflow the workflow
 * @param version the version of the definition that the current round uses
 * @param type how it came about
 * @param submitTime when it was accepted
 * @param startTime when the first node of the first round started
 * @param endTime when the last round ended; empty while a round is under way
 * @param scheduleTime the instant it stands for
 * @param duration from the start to the end, or to now; in whole seconds, cut; empty if it never started
 * @param submitUser who asked for it
 * @param owner the owner of the workflow
 * @param status its state
 * @param cause why it is in that state, where that needs an explanation
 * @param round 1, and one more with each rerun
 * @param backfillId the backfill that it is part of
 * @param options how it was asked for: selection, failure policy, parameters, priority, extras, …
 * @param damage what is stored of it and cannot be read, such as after somebody else has changed the database; all that
 *     depends on that is shown as by default. Empty for an execution as it should be.
 */
public record Execution(
        long execId,
        String project,
        String workflow,
        int version,
        ExecutionType type,
        Instant submitTime,
        Optional<Instant> startTime,
        Optional<Instant> endTime,
        Instant scheduleTime,
        Optional<Duration> duration,
        String submitUser,
        String owner,
        Status status,
        Optional<Cause> cause,
        int round,
        OptionalLong backfillId,
        RunOptions options,
        Optional<String> damage) {
    /**
     * Creates a view of a run.
     *
     * @throws NullPointerException if a component is null
     */
    public Execution {
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(workflow, "workflow");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(submitTime, "submitTime");
        Objects.requireNonNull(startTime, "startTime");
        Objects.requireNonNull(endTime, "endTime");
        Objects.requireNonNull(scheduleTime, "scheduleTime");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(submitUser, "submitUser");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(backfillId, "backfillId");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(damage, "damage");
    }
}
