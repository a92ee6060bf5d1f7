package dev.remora.job.internal.cluster;

/** Who knows how a job ended. */
public enum Decider {
    /** The client alone: it is the driver itself, and without it the application means nothing. */
    CLIENT,
    /** The client, by its exit code; if that is lost, the cluster. */
    CLIENT_ELSE_CLUSTER,
    /** The cluster: the client has only submitted the application, and its exit code says no more. */
    CLUSTER
}
