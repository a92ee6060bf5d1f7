package dev.remora.storage.jdbc;

import dev.remora.error.StorageException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Runs calls on threads that nobody interrupts: H2 works on the thread of its caller, and the JDK closes the file of the
 * whole database when that one is interrupted, as the thread of a job may be. Safe for use by several threads.
 */
final class OwnThreads implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final int MOST_WAITING = 10_000;
    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor threads;
    private final Duration limit;

    /**
     * Makes threads, each when it is first needed.
     *
     * @param most how many
     * @param limit how long a call may take
     */
    OwnThreads(int most, Duration limit) {
        this.limit = limit;
        String name = "remora-storage-h2-" + NUMBER.incrementAndGet() + "-call-";
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                    Thread thread = new Thread(task, name + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Makes a call, and waits for its end whatever happens to the thread that waits. */
    <T> T call(Supplier<T> call) {
        Future<T> future;
        try {
            future = threads.submit(call::get);
        } catch (RejectedExecutionException e) {
            throw new StorageException("more than " + MOST_WAITING + " calls wait, or the storage was closed", true, e);
        }
        boolean interrupted = false;
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                try {
                    return future.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw rethrown(e);
        } catch (TimeoutException e) {
            throw new StorageException("the database has not answered for " + limit, true, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException rethrown(ExecutionException e) {
        Throwable cause = e.getCause();
        // why: else nothing would tell who made the call
        cause.addSuppressed(e);
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause;
    }

    /** Lets calls under way end. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
