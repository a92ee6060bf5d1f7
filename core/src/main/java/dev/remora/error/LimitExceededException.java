package dev.remora.error;

import dev.remora.model.Limit;

/** Something is larger than a named limit allows. Nothing was changed. */
public final class LimitExceededException extends RemoraException {
    private final Limit limit;
    private final long bound;

    /**
     * Creates an exception.
     *
     * @param limit the limit
     * @param bound its value in this engine or storage
     * @param what what is too large, and by how much
     */
    public LimitExceededException(Limit limit, long bound, String what) {
        super(what + "; limit " + limit + " is " + bound + " " + limit.unit());
        this.limit = limit;
        this.bound = bound;
    }

    /**
     * Returns the limit.
     *
     * @return its name
     */
    public Limit limit() {
        return limit;
    }

    /**
     * Returns the value of the limit.
     *
     * @return the bound, in the unit of the limit
     */
    public long bound() {
        return bound;
    }
}
