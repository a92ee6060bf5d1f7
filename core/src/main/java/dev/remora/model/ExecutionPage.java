package dev.remora.model;

import java.util.List;

/**
 * One page of a list: newest start first, those not started by their submission time, ties by {@code execId}
 * descending. While runs arrive, a later page may repeat one or miss one.
 *
 * @param total how many the filter matches
 * @param executions those of this page
 */
public record ExecutionPage(long total, List<Execution> executions) {
    /** Creates a page. */
    public ExecutionPage {
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
