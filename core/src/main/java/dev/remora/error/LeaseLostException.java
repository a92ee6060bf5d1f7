package dev.remora.error;

/** An engine tried to write after it lost its lease, or for an execution that it does not own. Nothing was written. */
public final class LeaseLostException extends StorageException {
    /**
     * Creates an exception.
     *
     * @param message which engine, and what it lost
     */
    public LeaseLostException(String message) {
        super(message, false);
    }
}
