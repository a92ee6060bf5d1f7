package dev.remora.model;

/**
 * What a run does when a node has failed for good, that is with its attempts used up (specification §4).
 *
 * <p>A node with {@link Trigger#ALL_DONE} runs under each policy once all its dependencies have ended. It must depend
 * on what it cleans up after: under {@link #FINISH_RUNNING} other nodes may still be running when it starts.
 */
public enum FailurePolicy {
    /**
     * Running nodes are killed, except those with {@link Trigger#ALL_DONE}; of the nodes not started the descendants of
     * the failed node become DEP_FAILED, the others KILL.
     */
    END,
    /** Running nodes go on; descendants become DEP_FAILED; every other branch runs to its end. */
    CONTINUE,
    /**
     * Running nodes go on and use up their attempts; of the nodes not started the descendants of the failed node become
     * DEP_FAILED, the others KILL.
     */
    FINISH_RUNNING
}
