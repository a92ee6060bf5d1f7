package dev.remora.error;

/**
 * The storage could not do what was asked.
 *
 * <p>If it {@linkplain #isTransient() is transient} the same call may succeed later; whether a transient call had its
 * effect is not known, so every call of a storage may be repeated.
 */
public class StorageException extends RemoraException {
    private final boolean passing;

    /**
     * Creates an exception.
     *
     * @param message what failed
     * @param passing whether the same call may succeed later
     */
    public StorageException(String message, boolean passing) {
        super(message);
        this.passing = passing;
    }

    /**
     * Creates an exception with a cause.
     *
     * @param message what failed
     * @param passing whether the same call may succeed later
     * @param cause what lies beneath
     */
    public StorageException(String message, boolean passing, Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    /**
     * Tells whether the same call may succeed later.
     *
     * @return false if repeating it is of no use
     */
    public boolean isTransient() {
        return passing;
    }
}
