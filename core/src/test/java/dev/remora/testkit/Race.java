package dev.remora.testkit;

import dev.remora.error.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs tasks at the same moment. */
final class Race {
    private static final int TRIES = 1000;
    private static final long SECONDS = 120;

    private Race() {}

    /** Runs each task on a thread of its own, all let go together, and returns their results in order. */
    static <T> List<T> run(List<Callable<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            CyclicBarrier start = new CyclicBarrier(tasks.size());
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> task : tasks) {
                futures.add(threads.submit(() -> {
                    start.await(SECONDS, TimeUnit.SECONDS);
                    return task.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(result(future));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    /** A part of a race between engines. */
    @FunctionalInterface
    interface Part {
        void run() throws Exception;
    }

    /** Runs two parts at the same moment. */
    static void between(Part one, Part other) throws Exception {
        run(List.of(callable(one), callable(other)));
    }

    private static Callable<Boolean> callable(Part part) {
        return () -> {
            part.run();
            return true;
        };
    }

    private static <T> T result(Future<T> future) throws Exception {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                cause.addSuppressed(e);
                throw cause;
            }
            throw e;
        } catch (TimeoutException e) {
            throw new AssertionError("a racing thread did not come to an end in " + SECONDS + " s", e);
        }
    }

    /** Makes a call, again and again while it fails in a way that may pass: a storage may refuse one of two at once. */
    static <T> T persistently(Callable<T> call) throws Exception {
        for (int i = 1; ; i++) {
            try {
                return call.call();
            } catch (StorageException e) {
                if (!e.isTransient() || i == TRIES) {
                    throw e;
                }
            }
        }
    }
}
