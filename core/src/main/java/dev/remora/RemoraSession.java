package dev.remora;

/**
 * Remora on behalf of one user. Safe for use by several threads.
 *
 * <p>Unless everybody may do everything ({@link Remora.Builder#access}), all that is reached from here keeps to what the user
 * may do ({@link dev.remora.model.Operation}): what the user may not read is not found, listed or counted, exactly as if it did
 * not exist, and what else is not allowed is refused with an {@link dev.remora.error.AccessDeniedException}, before anything
 * else is looked at.
 */
public interface RemoraSession {
    /**
     * Returns what starts and steers runs.
     *
     * @return the same object each time
     */
    WorkflowExecutor executor();

    /**
     * Returns what tells about runs.
     *
     * @return the same object each time
     */
    ExecutionQuery query();

    /**
     * Returns what reads the logs of jobs.
     *
     * @return the same object each time
     */
    LogReader logs();

    /**
     * Returns the saved workflows.
     *
     * @return the same object each time
     */
    WorkflowCatalog workflows();

    /**
     * Returns when workflows run by themselves.
     *
     * @return the same object each time
     */
    Schedules schedules();

    /**
     * Returns the runs for ranges of fire times.
     *
     * @return the same object each time
     */
    Backfills backfills();

    /**
     * Returns the files of projects.
     *
     * @return the same object each time
     */
    ResourceCatalog resources();

    /**
     * Returns what lets history go.
     *
     * @return the same object each time
     */
    Retention retention();

    /**
     * Returns the projects, and who may do what in them.
     *
     * @return the same object each time
     */
    Projects projects();
}
