package dev.remora.error;

/**
 * The root of everything that Remora throws on purpose. No exception of a dependency escapes: it is the cause of one of
 * these. A call that throws has changed nothing, unless its exception says otherwise.
 */
public abstract class RemoraException extends RuntimeException {
    /**
     * Creates an exception.
     *
     * @param message what was wrong, where, the bound, and what to do
     */
    protected RemoraException(String message) {
        super(message);
    }

    /**
     * Creates an exception with a cause.
     *
     * @param message what was wrong, where, the bound, and what to do
     * @param cause what lies beneath
     */
    protected RemoraException(String message, Throwable cause) {
        super(message, cause);
    }
}
