package dev.remora.internal.engine;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes daemon threads named {@code remora-<engine>-<role>-<n>}. */
final class NamedThreads implements ThreadFactory {
    private final String prefix;
    private final AtomicInteger count = new AtomicInteger();

    NamedThreads(String engine, String role) {
        prefix = "remora-" + engine + "-" + role + "-";
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, nextName());
        thread.setDaemon(true);
        // why: it is made by whoever brings work first, and would hold the class loader of that application
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
