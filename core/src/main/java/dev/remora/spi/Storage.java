package dev.remora.spi;

/**
 * Where Remora keeps everything: one handle on data that other handles, in this process or elsewhere, may share.
 *
 * <p>Each call is one short transaction: all of it is stored or nothing, and what it returned is durable as far as the
 * storage promises. Any call may throw {@link dev.remora.error.StorageException}; if that is transient, the call may or
 * may not have had its effect and can be repeated. What is stored and cannot be read is refused, with an exception that is
 * not transient and names it, by the calls that need it; calls about anything else go on as ever. Every store is safe for
 * use by several threads.
 */
public interface Storage extends AutoCloseable {
    /**
     * Returns the catalogue of definitions.
     *
     * @return the store, the same each time
     */
    WorkflowStore workflows();

    /**
     * Returns the executions and their nodes.
     *
     * @return the store, the same each time
     */
    ExecutionStore executions();

    /**
     * Returns the logs of the jobs.
     *
     * @return the store, the same each time
     */
    LogStore logs();

    /**
     * Returns the engines that share this storage, and their leases.
     *
     * @return the store, the same each time
     */
    EngineStore engines();

    /**
     * Returns the contents of files, and the resources of projects.
     *
     * @return the store, the same each time
     */
    ResourceStore resources();

    /**
     * Returns the schedules.
     *
     * @return the store, the same each time
     */
    ScheduleStore schedules();

    /**
     * Returns the backfills.
     *
     * @return the store, the same each time
     */
    BackfillStore backfills();

    /**
     * Returns the notices that have not been delivered.
     *
     * @return the store, the same each time
     */
    NoticeStore notices();

    /**
     * Returns how history goes.
     *
     * @return the store, the same each time
     */
    RetentionStore retention();

    /**
     * Returns the projects, with their owners and grants.
     *
     * @return the store, the same each time
     */
    ProjectStore projects();

    /**
     * Identifies the data behind this handle, for what is kept outside of it: work directories and the files of jobs.
     *
     * @return 8 to 36 lower-case letters, digits and {@code -}; the same for all handles on the same data, another for
     *     other data
     */
    String id();

    /**
     * Tells whether a commit costs next to nothing, so that the engine may make it without handing it to another
     * thread.
     *
     * @return true if {@link ExecutionStore#commit} never waits for a device or a network, and never fails for a while
     */
    boolean commitsInline();

    /** Releases this handle. Other handles on the same data go on. Closing twice does nothing. */
    @Override
    void close();
}
