package dev.remora.spi;

import java.time.Duration;

/**
 * The clock of an engine, and what waits for it. By default it is the system's; a test puts in one that it moves itself.
 * Leases are not on it: their clock is the storage's. Safe for use by several threads.
 */
public interface EngineClock extends AutoCloseable {
    /** Something that waits for a time. */
    @FunctionalInterface
    interface Alarm {
        /** Lets it go, if it has not happened. */
        void cancel();
    }

    /**
     * Returns the time.
     *
     * @return epoch milliseconds, above 0
     */
    long now();

    /**
     * Runs a short task when a time has come, on a thread of the clock; at once if it has passed. Nothing runs after
     * {@link #close}.
     *
     * @param time epoch milliseconds
     * @param task what to run
     * @return by which it can be let go
     */
    Alarm at(long time, Runnable task);

    /**
     * Lets the calling thread sleep on this clock.
     *
     * @param time how long
     * @throws InterruptedException if the thread is interrupted
     */
    void sleep(Duration time) throws InterruptedException;

    /**
     * Interrupts a thread that runs a job, and may sleep on this clock.
     *
     * @param thread the thread
     */
    default void interrupt(Thread thread) {
        thread.interrupt();
    }

    /**
     * Hears of each piece of work that the engine is about to hand to one of its threads, so that a clock that is moved
     * by a test can tell when the engine has come to rest.
     *
     * @param work the work
     * @return what is run instead, exactly once; it must run the work
     */
    default Runnable counted(Runnable work) {
        return work;
    }

    /** Ends the clock. The engine that uses it calls this. */
    @Override
    void close();
}
