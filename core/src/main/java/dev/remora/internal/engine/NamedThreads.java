package dev.remora.internal.engine;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes daemon threads named {@code remora-<engine>-<role>-<n>}. */
final class NamedThreads implements ThreadFactory, ForkJoinPool.ForkJoinWorkerThreadFactory {
    private final String prefix;
    private final AtomicInteger count = new AtomicInteger();

    NamedThreads(String engine, String role) {
        prefix = "remora-" + engine + "-" + role + "-";
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, nextName());
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName(nextName());
        thread.setContextClassLoader(NamedThreads.class.getClassLoader());
        return thread;
    }

    String prefix() {
        return prefix;
    }

    private String nextName() {
        return prefix + count.incrementAndGet();
    }
}
