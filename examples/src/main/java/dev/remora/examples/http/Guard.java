package dev.remora.examples.http;

import java.time.Duration;

/**
 * Frees one thread from a client that is too slow: interrupts it while it waits for the network, which closes the
 * connection. Never interrupts it while it does anything else.
 */
final class Guard {
    private final Thread thread;
    private boolean armed;
    private long deadline;

    Guard(Thread thread) {
        this.thread = thread;
    }

    /** The thread is about to wait for the network. */
    synchronized void arm(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
        armed = true;
    }

    /** The thread does something else now. */
    synchronized void disarm() {
        if (armed) {
            armed = false;
        } else {
            // why: the interruption was meant for the network, and may have come too late for it
            Thread.interrupted();
        }
    }

    synchronized void check(long now) {
        if (armed && now - deadline > 0) {
            armed = false;
            thread.interrupt();
        }
    }
}
