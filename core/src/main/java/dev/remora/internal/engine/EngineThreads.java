package dev.remora.internal.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReadWriteLock;

/**
 * Where the parts of an engine work, and how they wait for each other: on threads of their own ({@link SystemThreads}),
 * or in a simulation that decides who goes on. Every thread of an engine comes from here, every wait of the engine for
 * something else than its clock is made here, and so is every lock that is held while the storage is called.
 */
public interface EngineThreads {
    /**
     * Makes an executor for work that comes at once. What it cannot take it refuses with a
     * {@link java.util.concurrent.RejectedExecutionException}.
     *
     * @param role what its threads are named by
     * @param threads how many there are at the most
     * @param mostQueued how many tasks may wait for one
     */
    ExecutorService pool(String role, int threads, int mostQueued);

    /** Makes an executor with one thread for short work that comes later, in real time. Once closed it ignores tasks. */
    ScheduledExecutorService timer(String role);

    /**
     * Makes an executor for Java nodes, which may block.
     *
     * @param role what its threads are named by
     * @param most how many run at once at the most
     */
    ExecutorService workers(String role, int most);

    /** Waits until something has come about, in whichever way. Returns whether it has, within the limit. */
    boolean await(CompletableFuture<?> event, Duration limit) throws InterruptedException;

    /** Waits in real time, between half of a time and all of it, so that engines do not all come back at once. */
    void pause(Duration most) throws InterruptedException;

    /** Returns a time in nanoseconds that only goes on, whatever is done to clocks; it goes on while the process is stopped. */
    long nanoTime();

    /** Makes a lock that may be held while the storage is called. */
    ReadWriteLock lock();
}
