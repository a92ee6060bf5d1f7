package dev.remora;

import dev.remora.model.Backfill;
import dev.remora.model.BackfillProgress;
import dev.remora.model.BackfillRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Runs of a workflow for the fire times of a range. Safe for use by several threads.
 *
 * <p>A backfill is stored with all its times and executions, and goes on after a restart. Its runs have the type
 * {@link dev.remora.model.ExecutionType#COMPLEMENT_DATA}; each sees exactly what the scheduled run of its time would have
 * seen. Those that wait for their turn are INIT; they cost no memory of an engine. The overlap policy of a schedule does not
 * concern them.
 *
 * <p>Every call may throw {@link dev.remora.error.StorageException}, and those that change something
 * {@link dev.remora.error.EngineClosedException} after the engine was closed.
 */
public interface Backfills {
    /**
     * Says which times {@link #start} would run, and runs nothing.
     *
     * @param request what would be asked for
     * @return the times, in the order in which they would start
     * @throws dev.remora.error.RemoraException whatever {@link #start} would throw
     */
    List<Instant> plan(BackfillRequest request);

    /**
     * Starts a backfill.
     *
     * @param request what is asked for
     * @return the backfill with its id, its times, and the ids of its executions
     * @throws dev.remora.error.ValidationException if the request breaks rules: the cron expression is wrong or does not fire
     *     in the range, no time is left to do, it does not fit the workflow
     * @throws dev.remora.error.NotFoundException if there is no such workflow
     * @throws dev.remora.error.LimitExceededException if a size limit is exceeded, or the storage is bounded and full
     */
    Backfill start(BackfillRequest request);

    /**
     * Finds a backfill.
     *
     * @param id its id
     * @return the backfill; empty if there is none
     */
    Optional<Backfill> find(long id);

    /**
     * Lists the backfills of a project, the newest first.
     *
     * @param project the project
     * @param from how many to leave out at the front, at least 0
     * @param size how many to return at the most, 1 to 100
     * @return the backfills
     * @throws dev.remora.error.ValidationException if a bound is broken
     */
    List<Backfill> list(String project, long from, int size);

    /**
     * Tells how far a backfill is.
     *
     * @param id its id
     * @return its progress
     * @throws dev.remora.error.NotFoundException if there is no such backfill
     */
    BackfillProgress progress(long id);

    /**
     * Pauses a backfill: what runs goes on, no further time starts. Does nothing to one that is not RUNNING.
     *
     * @param id its id
     * @throws dev.remora.error.NotFoundException if there is no such backfill
     */
    void pause(long id);

    /**
     * Lets a paused backfill go on. Does nothing to one that is not PAUSED.
     *
     * @param id its id
     * @throws dev.remora.error.NotFoundException if there is no such backfill
     */
    void resume(long id);

    /**
     * Cancels a backfill: what runs is killed, and what waits is KILL, both with cause
     * {@link dev.remora.model.Cause#BACKFILL_CANCELLED}. Does nothing to one that has ended.
     *
     * @param id its id
     * @throws dev.remora.error.NotFoundException if there is no such backfill
     */
    void cancel(long id);
}
