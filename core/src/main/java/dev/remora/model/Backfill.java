package dev.remora.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A backfill: runs of a workflow for the fire times of a range.
 *
 * @param id by which it is found
 * @param request what was asked for
 * @param version the version of the workflow that it runs
 * @param user who asked for it
 * @param createTime when
 * @param status its state
 * @param runs its times with their executions, in the order in which they start
 */
public record Backfill(
        long id,
        BackfillRequest request,
        int version,
        String user,
        Instant createTime,
        BackfillStatus status,
        List<PlannedRun> runs) {
    /**
     * Creates a backfill.
     *
     * @throws NullPointerException if a component is null
     */
    public Backfill {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(createTime, "createTime");
        Objects.requireNonNull(status, "status");
        runs = List.copyOf(runs);
    }
}
