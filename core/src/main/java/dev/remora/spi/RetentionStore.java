package dev.remora.spi;

import dev.remora.model.Status;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How history goes. The engine decides which executions may go; a storage finds those that have ended, and removes what it
 * is told to, a bounded batch with each call.
 */
public interface RetentionStore {
    /** How many executions one call of {@link #purge} or {@link #count} is given at the most. */
    int MOST_EXECUTIONS = 500;

    /**
     * How many rows of nodes and of logs one call of {@link #purge} removes at the most, unless a single execution has more:
     * nothing of an execution goes before all of it does.
     */
    int MOST_ROWS = 20_000;

    /**
     * Finds executions that have ended.
     *
     * @param filter which
     * @return the executions, those that started first in front: in the order of lists, turned round
     */
    List<ExecutionRecord> find(EndedFilter filter);

    /**
     * Finds, for each saved workflow, the place of one of its executions that have ended, counted from the newest. Unsaved
     * workflows are left out.
     *
     * @param project of one project only; of all if empty
     * @param after behind which workflow to begin; with the first one if empty
     * @param statuses the final states that count, at least one
     * @param rank which execution, 1 for the newest
     * @param limit how many workflows at the most
     * @return the workflows by project and name, deleted ones among them
     */
    List<RankedPlace> ranked(
            Optional<String> project, Optional<RankedPlace> after, Set<Status> statuses, int rank, int limit);

    /**
     * Removes final executions with their nodes, commands, notices and logs, and definitions of unsaved and deleted
     * workflows that no execution refers to any more, together with their files. Those that are not final, those that ended
     * later than they are expected to, and unknown ones are passed over. All of it is one transaction.
     *
     * @param execIds the executions, at most {@link #MOST_EXECUTIONS}
     * @param endedUntil when the last of them ended, as far as the caller knows, epoch milliseconds
     * @return what was removed
     */
    Purged purge(Collection<Long> execIds, long endedUntil);

    /**
     * Says what {@link #purge} would remove, and removes nothing.
     *
     * @param execIds the executions, at most {@link #MOST_EXECUTIONS}
     * @param endedUntil when the last of them ended, epoch milliseconds
     * @return what would be removed
     */
    Purged count(Collection<Long> execIds, long endedUntil);
}
