package dev.remora.spi;

import dev.remora.model.ExecutionType;
import dev.remora.model.RunOptions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * What is known of an execution when it is accepted; it never changes.
 *
 * @param project the project
 * @param workflow the workflow
 * @param version the version of the definition to start with
 * @param type how it came about
 * @param submitTime when it was accepted; cut to milliseconds
 * @param scheduleTime the instant it stands for
 * @param submitUser who asked for it
 * @param owner the owner of the workflow
 * @param options how it is to go
 * @param occasion what its schedule or its backfill says
 */
public record Submission(
        String project,
        String workflow,
        int version,
        ExecutionType type,
        Instant submitTime,
        Instant scheduleTime,
        String submitUser,
        String owner,
        RunOptions options,
        Occasion occasion) {
    /**
     * Creates a submission.
     *
     * @throws NullPointerException if a component is null
     */
    public Submission {
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(workflow, "workflow");
        Objects.requireNonNull(type, "type");
        submitTime = submitTime.truncatedTo(ChronoUnit.MILLIS);
        Objects.requireNonNull(scheduleTime, "scheduleTime");
        Objects.requireNonNull(submitUser, "submitUser");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(occasion, "occasion");
    }
}
