package dev.remora.internal.engine;

import java.time.Duration;
import org.slf4j.Logger;

/** Waits between tries of something that fails for a while; says so once when it begins, and once when it is over. */
final class Backoff {
    private static final long FIRST_MILLIS = 20;
    private static final long MOST_MILLIS = 5_000;

    private final EngineThreads threads;
    private long next = FIRST_MILLIS;
    private int failures;

    Backoff(EngineThreads threads) {
        this.threads = threads;
    }

    void pause(Logger log, String what, RuntimeException failure) throws InterruptedException {
        if (failures++ == 0) {
            log.warn("{} failed; it is tried again until it succeeds: {}", what, failure.toString());
        } else {
            log.debug("{} failed again ({} times)", what, failures, failure);
        }
        threads.pause(Duration.ofMillis(next));
        next = Math.min(MOST_MILLIS, next * 2);
    }

    void succeeded(Logger log, String what) {
        if (failures > 0) {
            log.info("{} succeeded after {} failures", what, failures);
        }
    }
}
