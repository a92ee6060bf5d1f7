package dev.remora.internal.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** How many jobs of this engine have been started and have not ended. */
final class RunningJobs {
    private final AtomicInteger count = new AtomicInteger();
    private volatile CompletableFuture<Void> none = new CompletableFuture<>();

    void begun() {
        count.incrementAndGet();
    }

    void ended() {
        if (count.decrementAndGet() == 0) {
            none.complete(null);
        }
    }

    int count() {
        return count.get();
    }

    /** Waits until there is none. Returns whether that was so in time. Only who closes the engine waits. */
    boolean awaitNone(EngineThreads threads, Duration patience) throws InterruptedException {
        CompletableFuture<Void> end = new CompletableFuture<>();
        none = end;
        return count.get() == 0 || threads.await(end, patience);
    }
}
