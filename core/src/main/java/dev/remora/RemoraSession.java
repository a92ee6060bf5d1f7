package dev.remora;

/** Remora on behalf of one user. Safe for use by several threads. */
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
