package dev.remora;

import dev.remora.model.RetentionReport;
import dev.remora.model.RetentionRule;

/**
 * How history goes, on behalf of one user. Safe for use by several threads, and by several engines at once.
 *
 * <p>A purge works in batches of a bounded size, each a transaction of its own, so it disturbs nothing that runs, and what
 * it has not come to is whole. It can be made again at any time. For rules that are followed by themselves see
 * {@link Remora.Builder#retention}.
 */
public interface Retention {
    /**
     * Removes executions, with their nodes, logs, notices, commands and work directories of this engine, and definitions
     * and files that nothing refers to any more.
     *
     * @param rule which executions
     * @return what was removed
     * @throws dev.remora.error.StorageException if the storage is away; what was removed before stays removed
     */
    RetentionReport purge(RetentionRule rule);

    /**
     * Says what {@link #purge} would remove now, and changes nothing.
     *
     * @param rule which executions
     * @return what would be removed
     * @throws dev.remora.error.StorageException if the storage is away
     */
    RetentionReport dryRun(RetentionRule rule);
}
