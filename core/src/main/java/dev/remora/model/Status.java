package dev.remora.model;

import dev.remora.error.ValidationException;
import java.util.Arrays;

/**
 * The states of an execution and of a node execution (specification §5).
 *
 * <p>The numeric {@linkplain #code() codes} are those of the HTTP API and never change.
 */
public enum Status {
    /** Execution: accepted. Node: waits for its turn in a run that has not started. */
    INIT(0),
    /** Execution: waits for other workflows. Node: waits for its dependencies. */
    WAITING_DEP(1),
    /** Execution: waits for a free slot. Node: ready, waits for a slot or for its next attempt. */
    WAITING_RES(2),
    /** Under way. */
    RUNNING(3),
    /** Ended well. */
    SUCCESS(4),
    /** Ended by a kill, or never started because of one. */
    KILL(5),
    /** Ended badly. */
    FAILED(6),
    /** Execution: a workflow it waits for failed. Node: a dependency failed; it did not run in its last round. */
    DEP_FAILED(7),
    /** Execution: paused; nothing new starts. A node never shows it. */
    PAUSED(8),
    /** Node: not selected, or disabled; counts as met for its successors. An execution never shows it. */
    SKIPPED(9);

    private final int code;

    Status(int code) {
        this.code = code;
    }

    /**
     * Returns the stable numeric code.
     *
     * @return 0 to 9
     */
    public int code() {
        return code;
    }

    /**
     * Tells whether this is an end: SUCCESS, KILL, FAILED, DEP_FAILED or SKIPPED.
     *
     * @return true if nothing follows within the same round
     */
    public boolean isFinal() {
        return switch (this) {
            case SUCCESS, KILL, FAILED, DEP_FAILED, SKIPPED -> true;
            case INIT, WAITING_DEP, WAITING_RES, RUNNING, PAUSED -> false;
        };
    }

    /**
     * Returns the status with a code.
     *
     * @param code 0 to 9
     * @return the status
     * @throws ValidationException if no status has this code
     */
    public static Status ofCode(int code) {
        return Arrays.stream(values())
                .filter(status -> status.code == code)
                .findFirst()
                .orElseThrow(() -> ValidationException.of("status", "code", "is " + code + "; codes are 0 to 9"));
    }
}
