package dev.remora.error;

/** An idempotency key was used before, with a different request. Nothing was changed. */
public final class IdempotencyConflictException extends RemoraException {
    private final String key;
    private final long execId;

    /**
     * Creates an exception.
     *
     * @param key the key
     * @param execId the execution that the key stands for
     */
    public IdempotencyConflictException(String key, long execId) {
        super("idempotency key " + key + " already stands for execution " + execId
                + ", which was requested differently; use a new key for a new run");
        this.key = key;
        this.execId = execId;
    }

    /**
     * Returns the key.
     *
     * @return the key
     */
    public String key() {
        return key;
    }

    /**
     * Returns the execution that the key stands for.
     *
     * @return its id
     */
    public long execId() {
        return execId;
    }
}
