package dev.remora.internal.engine;

import dev.remora.spi.EngineClock;

/** The thread that runs a Java node, while it does: it is interrupted for this node, never for what it runs next. */
final class JavaNode {
    private final EngineClock clock;
    private Thread thread = Thread.currentThread();

    JavaNode(EngineClock clock) {
        this.clock = clock;
    }

    synchronized void interrupt() {
        if (thread != null) {
            clock.interrupt(thread);
        }
    }

    /** The node's code has returned, on the calling thread. */
    synchronized void over() {
        thread = null;
        Thread.interrupted();
    }
}
