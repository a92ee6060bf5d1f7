package dev.remora.spi;

import java.util.List;
import java.util.Objects;

/**
 * What a batch of a purge removed, or would remove.
 *
 * @param removed the executions, by id
 * @param left executions that were not looked at, as the batch was full; by id
 * @param nodes how many rows of nodes
 * @param logLines how many lines of logs
 * @param loose the unsaved and deleted workflows of which executions are among {@code removed}
 */
public record Purged(List<Long> removed, List<Long> left, long nodes, long logLines, List<Loose> loose) {
    /**
     * A workflow whose definition goes with its last execution: an unsaved or a deleted one.
     *
     * @param project the project
     * @param workflow the workflow
     * @param remaining how many of its executions are not among {@code removed}; after a purge, 0 if its definition has gone
     *     and more than 0 if not
     */
    public record Loose(String project, String workflow, long remaining) {
        /**
         * Creates an entry.
         *
         * @throws NullPointerException if a component is null
         */
        public Loose {
            Objects.requireNonNull(project, "project");
            Objects.requireNonNull(workflow, "workflow");
        }
    }

    /** Nothing. */
    public static final Purged NOTHING = new Purged(List.of(), List.of(), 0, 0, List.of());

    /** Creates what a batch removed. */
    public Purged {
        removed = List.copyOf(removed);
        left = List.copyOf(left);
        loose = List.copyOf(loose);
    }
}
