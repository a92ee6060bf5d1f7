package dev.remora.job.internal.process;

import java.time.Duration;

/** How often to look at a job: the longer nothing has happened the less often, so that it is late by a few percent only. */
final class Pace {
    private static final long SHORTEST = 5_000_000;
    private static final long LONGEST = 200_000_000;
    private static final int PART = 20;

    private long since = System.nanoTime();

    /** Something happened. */
    void reset() {
        since = System.nanoTime();
    }

    Duration next() {
        return Duration.ofNanos(Math.max(SHORTEST, Math.min(LONGEST, (System.nanoTime() - since) / PART)));
    }
}
