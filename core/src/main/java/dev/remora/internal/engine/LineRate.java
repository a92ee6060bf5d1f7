package dev.remora.internal.engine;

import java.util.concurrent.TimeUnit;

/** How many lines may be written a second, on average over a second. {@link #room} may be asked by any thread. */
final class LineRate {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long linesPerSecond;

    /** Up to when what was written would have taken at this rate. */
    private volatile long paidUntil = System.nanoTime() - SECOND;

    LineRate(long linesPerSecond) {
        this.linesPerSecond = Math.min(linesPerSecond, SECOND);
    }

    void wrote(int lines) {
        long now = System.nanoTime();
        paidUntil = begin(now) + lines * SECOND / linesPerSecond;
    }

    long room() {
        long now = System.nanoTime();
        return Math.max(0, (now - begin(now)) * linesPerSecond / SECOND);
    }

    /** What was not used is forfeited after a second. */
    private long begin(long now) {
        return now - paidUntil > SECOND ? now - SECOND : paidUntil;
    }
}
