package dev.remora.internal.engine;

import java.time.Duration;

/** Waits between tries of something that fails for a while: ever longer, and not all engines alike. */
final class Backoff {
    private static final long FIRST_MILLIS = 20;
    private static final long MOST_MILLIS = 5_000;

    private final EngineThreads threads;
    private long next = FIRST_MILLIS;

    Backoff(EngineThreads threads) {
        this.threads = threads;
    }

    void pause() throws InterruptedException {
        threads.pause(Duration.ofMillis(next));
        next = Math.min(MOST_MILLIS, next * 2);
    }
}
