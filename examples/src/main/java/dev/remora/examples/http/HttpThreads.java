package dev.remora.examples.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of the server: a bounded number, each watched by a guard while it waits for the network. The server of
 * the JDK closes the connection of a request for which there is no thread and no place to wait.
 */
final class HttpThreads implements Executor, AutoCloseable {
    private static final long CHECKS_PER_PATIENCE = 10;
    private static final long IDLE_SECONDS = 30;

    private final Duration patience;
    private final Map<Thread, Guard> guards = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor workers;
    private final ScheduledExecutorService watch;

    HttpThreads(String engine, HttpLimits limits) {
        patience = limits.patience();
        AtomicInteger count = new AtomicInteger();
        workers = new ThreadPoolExecutor(
                limits.threads(),
                limits.threads(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(limits.waiting()),
                task -> daemon(task, "remora-" + engine + "-http-" + count.incrementAndGet()));
        workers.allowCoreThreadTimeOut(true);
        watch = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "remora-" + engine + "-http-watch-1"));
        long pause = Math.max(1, patience.toMillis() / CHECKS_PER_PATIENCE);
        watch.scheduleWithFixedDelay(this::check, pause, pause, TimeUnit.MILLISECONDS);
    }

    @Override
    public void execute(Runnable exchange) {
        workers.execute(() -> {
            Thread current = Thread.currentThread();
            Guard guard = new Guard(current);
            guards.put(current, guard);
            // why: the first thing that an exchange does is to read the head of the request
            guard.arm(patience);
            try {
                exchange.run();
            } finally {
                guards.remove(current);
                guard.disarm();
            }
        });
    }

    /** Returns the guard of the current thread, which must be one of these. */
    Guard guard() {
        return guards.get(Thread.currentThread());
    }

    private void check() {
        long now = System.nanoTime();
        guards.values().forEach(guard -> guard.check(now));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        watch.shutdownNow();
        workers.shutdownNow();
    }
}
