package dev.remora.error;

import java.time.Duration;

/** A bounded wait inside a call was over before the engine could answer. What was asked for may still happen. */
public final class WaitTimeoutException extends RemoraException {
    /**
     * Creates an exception.
     *
     * @param what what was waited for
     * @param bound how long
     */
    public WaitTimeoutException(String what, Duration bound) {
        super(what + " took longer than " + bound + "; it may still happen");
    }
}
