package dev.remora.internal.engine;

import dev.remora.event.ExecutionEvent;
import dev.remora.event.ExecutionListener;
import dev.remora.event.ScheduleEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listeners what happened, in order, on one thread that ends when there is nothing to tell. */
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final int MOST_QUEUED = 1 << 20;

    private final List<ExecutionListener> listeners;
    private final AtomicLong dropped = new AtomicLong();
    private final ExecutorService thread;
    private final EngineMetrics metrics;

    Listeners(EngineThreads threads, List<ExecutionListener> listeners, EngineMetrics metrics) {
        this.metrics = metrics;
        this.listeners = listeners;
        thread = threads.pool("listener", 1, MOST_QUEUED);
    }

    boolean any() {
        return !listeners.isEmpty();
    }

    void tell(ExecutionEvent event) {
        tellAll(event, listener -> listener.on(event));
    }

    void tell(ScheduleEvent event) {
        tellAll(event, listener -> listener.onSchedule(event));
    }

    private void tellAll(Object event, Consumer<ExecutionListener> call) {
        if (!any()) {
            return;
        }
        try {
            thread.execute(() -> listeners.forEach(listener -> tell(listener, event, call)));
        } catch (RejectedExecutionException full) {
            countDropped();
        }
    }

    private static void tell(ExecutionListener listener, Object event, Consumer<ExecutionListener> call) {
        try {
            call.accept(listener);
        } catch (RuntimeException | Error thrown) {
            LOG.warn("listener {} threw on {}", listener, event, thrown);
        }
    }

    private void countDropped() {
        metrics.eventDropped();
        long count = dropped.incrementAndGet();
        if (!thread.isShutdown() && Long.bitCount(count) == 1) {
            LOG.warn("listeners are too slow: {} events dropped so far, bound {}", count, MOST_QUEUED);
        }
    }

    /** Lets the listeners hear what is queued, for a while at the most. */
    void close(Duration patience) throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            thread.shutdownNow();
        }
    }
}
