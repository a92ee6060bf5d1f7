package dev.remora;

import java.time.Duration;

/** A log that is being followed. Safe for use by several threads. */
public interface LogFollow extends AutoCloseable {
    /**
     * Waits for the end: the node is final and its last line was heard, or following was closed.
     *
     * @param timeout how long at the most
     * @return whether the end has come
     * @throws InterruptedException if the calling thread is interrupted
     */
    boolean await(Duration timeout) throws InterruptedException;

    /** Ends following. A line that is being handed over may still be heard. */
    @Override
    void close();
}
