package dev.remora.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The end of a round of an execution, for those who asked to be told.
 *
 * @param execution the execution as it was when the round had ended
 * @param failed nodes that failed for good in it, the first {@value #MOST_NODES}
 * @param failedCount how many did
 */
public record Notification(Execution execution, List<FailedNode> failed, int failedCount) {
    /** How many nodes are told of at the most. */
    public static final int MOST_NODES = 20;

    /** How many lines of a log are told at the most. */
    public static final int MOST_LINES = 20;

    /**
     * A node that failed.
     *
     * @param name its name
     * @param jobId by which its log is read
     * @param attempt the number of its last attempt
     * @param cause why it failed
     * @param message what the job said of it
     * @param lastLines the last lines of the log of that attempt
     */
    public record FailedNode(
            String name, String jobId, int attempt, Optional<Cause> cause, String message, List<String> lastLines) {
        /**
         * Creates a node.
         *
         * @throws NullPointerException if a component is null
         */
        public FailedNode {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(jobId, "jobId");
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(message, "message");
            lastLines = List.copyOf(lastLines);
        }
    }

    /**
     * Creates a notification.
     *
     * @throws NullPointerException if a component is null
     */
    public Notification {
        Objects.requireNonNull(execution, "execution");
        failed = List.copyOf(failed);
    }
}
