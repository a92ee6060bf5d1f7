package dev.remora.testkit;

import dev.remora.spi.EngineClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A clock that stands still until a test moves it, and that knows when the engine has come to rest. Safe for use by
 * several threads; meant to be moved by one.
 */
public final class ManualClock implements EngineClock, InstantSource {
    private static final Duration REST_LIMIT = Duration.ofSeconds(60);

    private record Waiting(long time, long order, Runnable task) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            return time == other.time ? Long.compare(order, other.order) : Long.compare(time, other.time);
        }
    }

    private final Map<Thread, Runnable> sleepers = new ConcurrentHashMap<>();
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
    private long now;
    private long order;
    private long busy;
    private boolean closed;

    /**
     * Creates a clock.
     *
     * @param start what it shows at first
     */
    public ManualClock(Instant start) {
        now = start.toEpochMilli();
    }

    @Override
    public synchronized long now() {
        return now;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now());
    }

    @Override
    public Alarm at(long time, Runnable task) {
        Waiting entry;
        synchronized (this) {
            entry = new Waiting(time, order++, task);
            if (time > now) {
                waiting.add(entry);
            }
        }
        if (time <= now()) {
            task.run();
        }
        return () -> {
            synchronized (this) {
                waiting.remove(entry);
            }
        };
    }

    /** Lets a thread of the engine sleep until the clock has been moved far enough; meanwhile it counts as at rest. */
    @Override
    public void sleep(Duration time) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        AtomicBoolean awake = new AtomicBoolean();
        Runnable wake = () -> {
            if (awake.compareAndSet(false, true)) {
                count(1);
                over.countDown();
            }
        };
        Alarm alarm = at(now() + time.toMillis(), wake);
        sleepers.put(Thread.currentThread(), wake);
        boolean interrupted = Thread.currentThread().isInterrupted();
        count(interrupted ? 0 : -1);
        awake.compareAndSet(false, interrupted);
        try {
            over.await();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        } finally {
            sleepers.remove(Thread.currentThread());
            alarm.cancel();
            wake.run();
        }
    }

    /** A sleeper counts as at work again from now on, not only when its thread gets to run. */
    @Override
    public void interrupt(Thread thread) {
        Runnable wake = sleepers.get(thread);
        thread.interrupt();
        if (wake != null) {
            wake.run();
        }
    }

    @Override
    public Runnable counted(Runnable work) {
        count(1);
        return () -> {
            try {
                work.run();
            } finally {
                count(-1);
            }
        };
    }

    private synchronized void count(int more) {
        busy += more;
        if (busy == 0) {
            notifyAll();
        }
    }

    /**
     * Waits until the engine has come to rest: all it can do now is done, and everything else waits for time, or for
     * something outside such as a process.
     *
     * @throws AssertionError if it does not within a minute of real time
     */
    public synchronized void settle() {
        long deadline = System.nanoTime() + REST_LIMIT.toNanos();
        try {
            while (busy > 0) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError("the engine is still at work after " + REST_LIMIT
                            + "; does a Java node block other than by JobContext.sleep?");
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the engine was at work", interrupted);
        }
    }

    /**
     * Moves the clock on, from one event to the next, and lets the engine come to rest at each.
     *
     * @param time how far
     */
    public void advance(Duration time) {
        settle();
        long target = now() + time.toMillis();
        for (Runnable due = next(target); due != null; due = next(target)) {
            due.run();
            settle();
        }
    }

    /** Moves the clock to the next event, or to the target if there is none before it. */
    private synchronized Runnable next(long target) {
        if (closed || waiting.isEmpty() || waiting.peek().time() > target) {
            now = Math.max(now, target);
            return null;
        }
        Waiting first = waiting.poll();
        now = Math.max(now, first.time());
        return first.task();
    }

    /** Nothing that waits happens any more. */
    @Override
    public synchronized void close() {
        closed = true;
        waiting.clear();
    }
}
