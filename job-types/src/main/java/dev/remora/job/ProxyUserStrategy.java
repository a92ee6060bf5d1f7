package dev.remora.job;

/** How a SHELL, MR or SPARK job runs on behalf of the proxy user of its run. A run without a proxy user is not concerned. */
public enum ProxyUserStrategy {
    /** Not at all: the user of the engine's process runs it, and a proxy user is only recorded. */
    NONE,

    /**
     * The script or client runs as that user, by {@code sudo -n -u USER}. The host must allow that without a password, and that user
     * must be able to read the work directory; it can write the outputs of its own attempt. To end such a process by force,
     * the engine itself must run as root; the applications of the cluster are ended in any case.
     */
    SUDO,

    /**
     * The client runs as the user of the engine, and the cluster takes the application as the proxy user's: by
     * {@code HADOOP_PROXY_USER}, and {@code --proxy-user} of {@code spark-submit}. The cluster must allow it to that user.
     */
    HADOOP
}
