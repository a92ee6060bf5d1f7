package dev.remora.testkit.simulation;

import java.util.concurrent.locks.LockSupport;

/** A thread that goes on only when it is given the turn. */
final class Carrier {
    private final Thread thread;
    private volatile boolean turn;
    private Runnable job = () -> {};

    private Carrier(Thread thread) {
        this.thread = thread;
    }

    /** The calling thread. */
    static Carrier current() {
        return new Carrier(Thread.currentThread());
    }

    /** A new thread, which carries what it is given. */
    static Carrier start(int number) {
        Carrier[] made = new Carrier[1];
        Thread thread = new Thread(() -> made[0].live(), "remora-simulation-carrier-" + number);
        thread.setDaemon(true);
        made[0] = new Carrier(thread);
        thread.start();
        return made[0];
    }

    private void live() {
        while (true) {
            awaitTurn();
            job.run();
        }
    }

    Thread thread() {
        return thread;
    }

    /** Gives the turn to an idle thread, with what to do. */
    void give(Runnable next) {
        job = next;
        give();
    }

    void give() {
        turn = true;
        LockSupport.unpark(thread);
    }

    void awaitTurn() {
        while (!turn) {
            LockSupport.park(this);
        }
        turn = false;
    }

    /** Waits for the turn, but not for ever. Returns whether it came. */
    boolean awaitTurn(long nanos) {
        long deadline = System.nanoTime() + nanos;
        while (!turn) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            LockSupport.parkNanos(this, left);
        }
        turn = false;
        return true;
    }
}
