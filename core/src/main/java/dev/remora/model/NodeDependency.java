package dev.remora.model;

/** Which nodes run beside those that a request names. Edges from outside the selection count as met. */
public enum NodeDependency {
    /** The named nodes only. */
    NODE_ONLY,
    /** The named nodes and all their successors. */
    NODE_POST,
    /** The named nodes and all their predecessors. */
    NODE_PRE
}
