package dev.remora.internal.engine;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of one engine. */
final class SystemThreads implements EngineThreads {
    private static final Logger LOG = LoggerFactory.getLogger(SystemThreads.class);
    private static final long IDLE_SECONDS = 10;

    private final String engine;

    SystemThreads(String engine) {
        this.engine = engine;
    }

    /** Its threads end when there is nothing to do for a while. */
    @Override
    public ExecutorService pool(String role, int threads, int mostQueued) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(mostQueued),
                new NamedThreads(engine, role));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public ScheduledExecutorService timer(String role) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, new NamedThreads(engine, role), (task, pool) -> LOG.debug("closed; {} is not run", task));
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return timer;
    }

    /** Virtual threads where the JDK has them. */
    @Override
    public ExecutorService workers(String role, int most) {
        NamedThreads threads = new NamedThreads(engine, role);
        return virtualThreads(threads.prefix()).orElseGet(() -> new Workers(threads, most));
    }

    /** Virtual threads came with Java 21; this is compiled for 17. */
    private static Optional<ExecutorService> virtualThreads(String prefix) {
        if (Runtime.version().feature() < 21) {
            return Optional.empty();
        }
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            Object named = type.getMethod("name", String.class, long.class).invoke(builder, prefix, 1L);
            Object factory = type.getMethod("factory").invoke(named);
            return Optional.of((ExecutorService) Executors.class
                    .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, factory));
        } catch (NoSuchMethodException
                | ClassNotFoundException
                | IllegalAccessException
                | InvocationTargetException e) {
            LOG.debug("no virtual threads", e);
            return Optional.empty();
        }
    }

    @Override
    public boolean await(CompletableFuture<?> event, Duration limit) throws InterruptedException {
        try {
            event.get(Nanos.of(limit), TimeUnit.NANOSECONDS);
        } catch (TimeoutException notYet) {
            return event.isDone();
        } catch (ExecutionException thrown) {
            LOG.trace("what was waited for came about with an error", thrown);
        }
        return true;
    }

    @Override
    public void pause(Duration most) throws InterruptedException {
        long nanos = Nanos.of(most);
        TimeUnit.NANOSECONDS.sleep(nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2 + 1));
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public ReadWriteLock lock() {
        return new ReentrantReadWriteLock();
    }
}
