package dev.remora.internal.engine;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks sooner than at the next beat for executions that were submitted here within transactions of their callers: they
 * are there when the callers commit, if they do. It looks after 20 ms, then after twice as long each time, until they are
 * found or the pauses are as long as a beat.
 */
final class PromptClaims {
    private static final long FIRST_MILLIS = 20;
    private static final int MOST_EXPECTED = 10_000;

    private final ScheduledExecutorService thread;
    private final long lastMillis;
    private final Runnable claim;
    private final Set<Long> expected = new LinkedHashSet<>();
    private long pause = Long.MAX_VALUE;
    private Future<?> next;

    /**
     * @param thread on which to look
     * @param beat how often is looked anyway
     * @param claim looks
     */
    PromptClaims(ScheduledExecutorService thread, Duration beat, Runnable claim) {
        this.thread = thread;
        lastMillis = beat.toMillis();
        this.claim = claim;
    }

    /** From now on the execution may be there at any moment, or never. */
    synchronized void expect(long execId) {
        if (expected.size() == MOST_EXPECTED) {
            expected.remove(expected.iterator().next());
        }
        expected.add(execId);
        if (pause != FIRST_MILLIS) {
            pause = FIRST_MILLIS;
            schedule();
        }
    }

    /** The execution is there. Returns whether it was expected. */
    synchronized boolean found(long execId) {
        return expected.remove(execId);
    }

    private void schedule() {
        if (next != null) {
            next.cancel(false);
        }
        next = thread.schedule(this::look, pause, TimeUnit.MILLISECONDS);
    }

    private void look() {
        claim.run();
        lookAgain();
    }

    private synchronized void lookAgain() {
        pause = expected.isEmpty() || pause * 2 >= lastMillis ? Long.MAX_VALUE : pause * 2;
        if (pause < Long.MAX_VALUE) {
            schedule();
        }
    }
}
