package dev.remora.spi;

import dev.remora.model.BackfillRequest;
import dev.remora.model.BackfillStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * A backfill as it is stored, without its runs.
 *
 * @param id by which it is found
 * @param request what was asked for
 * @param version the version of the workflow that it runs
 * @param user who asked for it
 * @param createTime when; cut to milliseconds
 * @param revision 1 at first; one more with each change
 * @param status its state
 */
public record BackfillRecord(
        long id,
        BackfillRequest request,
        int version,
        String user,
        Instant createTime,
        long revision,
        BackfillStatus status) {
    /**
     * Creates a record.
     *
     * @throws NullPointerException if a component is null
     */
    public BackfillRecord {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(user, "user");
        createTime = createTime.truncatedTo(ChronoUnit.MILLIS);
        Objects.requireNonNull(status, "status");
    }

    /**
     * Returns the next revision.
     *
     * @param next the state from then on
     * @return a copy
     */
    public BackfillRecord next(BackfillStatus next) {
        return new BackfillRecord(id, request, version, user, createTime, revision + 1, next);
    }
}
