package dev.remora.spi;

import dev.remora.model.PlannedRun;
import java.util.List;
import java.util.Optional;

/** The backfills. A change is made only to the revision that it was worked out from. */
public interface BackfillStore {
    /**
     * Returns an id for a new backfill.
     *
     * @return above 0, another with each call, from whatever handle
     */
    long newId();

    /**
     * Stores a backfill with all its executions.
     *
     * @param owner the engine's lease
     * @param backfill the backfill, with an id from {@link #newId}
     * @param executions its executions, in the order in which they are to start
     * @return its runs, in that order
     * @throws dev.remora.error.LeaseLostException if the lease does not stand
     * @throws dev.remora.error.LimitExceededException if the storage is bounded and full
     */
    List<PlannedRun> create(Lease owner, BackfillRecord backfill, List<NewExecution> executions);

    /**
     * Finds a backfill.
     *
     * @param id its id
     * @return the backfill; empty if there is none
     */
    Optional<BackfillRecord> find(long id);

    /**
     * Returns the runs of a backfill, also those whose executions have been purged.
     *
     * @param id its id
     * @return the runs, in the order in which they start; empty if there is no such backfill
     */
    List<PlannedRun> runs(long id);

    /**
     * Lists the backfills of a project, the newest first.
     *
     * @param project the project
     * @param from how many to leave out at the front
     * @param size how many to return at the most
     * @return the backfills, by id descending
     */
    List<BackfillRecord> list(String project, long from, int size);

    /**
     * Finds backfills that have not ended.
     *
     * @param after the id behind which to begin; 0 for all
     * @param limit how many at the most
     * @return the backfills, by id
     */
    List<BackfillRecord> open(long after, int limit);

    /**
     * Moves a backfill on, together with held executions of it. All of it happens, or nothing.
     *
     * @param owner the engine's lease; it owns what may start
     * @param next the backfill from now on; nothing happens unless the stored revision is one less
     * @param changes changes of held executions; nothing happens unless all are as expected
     * @return whether it happened
     * @throws dev.remora.error.LeaseLostException if the lease does not stand
     */
    boolean step(Lease owner, BackfillRecord next, List<HeldChange> changes);
}
