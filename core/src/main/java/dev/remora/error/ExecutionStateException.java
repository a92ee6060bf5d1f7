package dev.remora.error;

import dev.remora.model.Status;

/** A command does not fit the state that an execution is in. Nothing was changed. */
public final class ExecutionStateException extends RemoraException {
    private final long execId;
    private final Status status;

    /**
     * Creates an exception.
     *
     * @param execId the execution
     * @param status its state
     * @param why what was asked for, and why it does not fit
     */
    public ExecutionStateException(long execId, Status status, String why) {
        super("execution " + execId + " is " + status + ": " + why);
        this.execId = execId;
        this.status = status;
    }

    /**
     * Returns the execution.
     *
     * @return its id
     */
    public long execId() {
        return execId;
    }

    /**
     * Returns the state the execution was in.
     *
     * @return the state
     */
    public Status status() {
        return status;
    }
}
