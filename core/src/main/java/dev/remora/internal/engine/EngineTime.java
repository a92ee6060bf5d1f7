package dev.remora.internal.engine;

import java.time.Duration;

/** The clock of an engine and what waits for it; real, or moved by a test. */
public interface EngineTime extends AutoCloseable {
    /** Something that waits for a time. */
    interface Alarm {
        /** Lets it go, if it has not happened. */
        void cancel();
    }

    /** Now, in epoch milliseconds. */
    long now();

    /** Runs a short task when a time has come; at once if it has passed. After {@link #close} nothing runs. */
    Alarm at(long time, Runnable task);

    /** Lets the calling thread sleep on this clock. */
    void sleep(Duration time) throws InterruptedException;

    @Override
    void close();
}
