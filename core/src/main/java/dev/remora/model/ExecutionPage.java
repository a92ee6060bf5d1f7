package dev.remora.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One page of a list: newest start first, those not started by their submission time, ties by {@code execId}
 * descending. While runs arrive, a later page by {@link ExecutionFilter#from} may repeat one; going on at {@link #next}
 * does not.
 *
 * @param total how many the filter matches
 * @param executions those of this page
 * @param next where the next page begins, see {@link ExecutionFilter#after}; empty if this page is not full
 */
public record ExecutionPage(long total, List<Execution> executions, Optional<ExecutionCursor> next) {
    /**
     * Creates a page.
     *
     * @throws NullPointerException if a component is null
     */
    public ExecutionPage {
        Objects.requireNonNull(next, "next");
        executions = List.copyOf(executions);
    }

    /**
     * Returns the length of this page.
     *
     * @return how many it shows
     */
    public int length() {
        return executions.size();
    }
}
