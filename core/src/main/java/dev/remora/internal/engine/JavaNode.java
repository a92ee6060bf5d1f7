package dev.remora.internal.engine;

/** The thread that runs a Java node, while it does: it is interrupted for this node, never for what it runs next. */
final class JavaNode {
    private Thread thread = Thread.currentThread();

    synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** The node's code has returned, on the calling thread. */
    synchronized void over() {
        thread = null;
        Thread.interrupted();
    }
}
