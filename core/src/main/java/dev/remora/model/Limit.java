package dev.remora.model;

/**
 * The size limits, each with its default. An engine may set others with {@code Remora.Builder.limit}. A definition is
 * checked when it is built, where no engine is known: for its sizes the defaults hold, and an engine can lower no other
 * than {@link #NODES}.
 */
public enum Limit {
    /** Nodes of one workflow. */
    NODES(2_000_000, "nodes"),
    /** A definition as JSON text. */
    DEFINITION_SIZE(1L << 30, "characters"),
    /** The parameter object of one node, as JSON text. */
    NODE_PARAMETER_SIZE(1 << 20, "characters"),
    /** The extras of a node, a workflow or a request, as JSON text. */
    EXTRAS_SIZE(1 << 20, "characters"),
    /** Run parameters of one request, and user-defined parameters of one workflow. */
    PARAMETERS(10_000, "parameters"),
    /** One parameter value, before and after substitution. */
    PARAMETER_VALUE_SIZE(1 << 20, "characters"),
    /** All values that substitution puts in for one node's parameter, or for the parameters of one run, together. */
    SUBSTITUTION_SIZE(16 << 20, "characters"),
    /** An idempotency key. */
    IDEMPOTENCY_KEY_LENGTH(200, "characters"),
    /** Mail addresses of one request. */
    NOTIFY_MAILS(100, "addresses"),
    /** Outputs of one node. */
    OUTPUTS(1_000, "outputs"),
    /** All outputs of one node together, keys and values. */
    OUTPUT_SIZE(1 << 20, "characters"),
    /** Entries of one zip package, directories among them. */
    PACKAGE_ENTRIES(10_000, "entries"),
    /** One zip package as it is, and all that it unpacks to. */
    PACKAGE_SIZE(1L << 30, "bytes"),
    /** How many times its own size a zip package may unpack to; counted from 1 MB on. */
    PACKAGE_RATIO(100, "times its size"),
    /** One file: a resource of a project, or of a zip package. */
    RESOURCE_SIZE(1L << 30, "bytes"),
    /** One log line; a longer one is split. */
    LOG_LINE_SIZE(64 << 10, "bytes"),
    /**
     * What one attempt writes into its log, apart from what Remora adds. The rest is left out, and a line says so; the job
     * itself goes on.
     */
    LOG_SIZE(10L << 30, "bytes"),
    /**
     * Lines that one attempt writes into its log, on average over a second. Java code waits; the output of a process is read
     * later, and its node ends when all of it is read. What is left of a job that was told to stop is read at once.
     */
    LOG_LINE_RATE(1_000_000, "lines a second"),
    /** The time that one search in a log may take. */
    LOG_SEARCH_TIME(30_000, "ms"),
    /** The times of one backfill. */
    BACKFILL_TIMES(10_000, "times"),
    /** Runs of one schedule that wait because the run before them has not ended. */
    QUEUED_RUNS(100, "runs"),
    /** The executions that a storage in memory keeps. */
    STORED_EXECUTIONS(100_000, "executions"),
    /** The executions that are not final that a storage in memory takes. */
    ACTIVE_EXECUTIONS(100_000, "executions");

    private final long defaultBound;
    private final String unit;

    Limit(long defaultBound, String unit) {
        this.defaultBound = defaultBound;
        this.unit = unit;
    }

    /**
     * Returns the default.
     *
     * @return the bound, inclusive
     */
    public long defaultBound() {
        return defaultBound;
    }

    /**
     * Returns what is counted.
     *
     * @return the unit, in the plural
     */
    public String unit() {
        return unit;
    }
}
