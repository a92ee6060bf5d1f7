package dev.remora.internal.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What is addressed to one owner, drained by one thread at a time, in the order posted. */
final class Mailbox<E> implements Runnable {
    private static final int IDLE = 0;
    private static final int SCHEDULED = 1;
    private static final int DRAINING = 2;
    private static final int DRAINING_AND_WOKEN = 3;

    /** After so many turns the owner goes on elsewhere, as the thread may have other things to do. */
    private static final int MOST_TURNS = 16;

    private final Queue<E> letters = new ConcurrentLinkedQueue<>();
    private final AtomicInteger state = new AtomicInteger();
    private final Executor executor;
    private final Consumer<Queue<E>> owner;

    /**
     * @param executor where the owner works
     * @param owner takes letters from the queue it is given, not necessarily all
     */
    Mailbox(Executor executor, Consumer<Queue<E>> owner) {
        this.executor = executor;
        this.owner = owner;
    }

    /** Returns how many letters there are, by counting them. */
    int size() {
        return letters.size();
    }

    void post(E letter) {
        letters.add(letter);
        wake();
    }

    /** Posts, and lets the owner work on the calling thread unless it is at work or about to be. */
    void postAndDrain(E letter) {
        letters.add(letter);
        if (state.compareAndSet(IDLE, SCHEDULED)) {
            run();
        } else {
            wake();
        }
    }

    /** Makes sure that the owner works once more from now on. */
    void wake() {
        while (true) {
            int now = state.get();
            if (now == IDLE && state.compareAndSet(IDLE, SCHEDULED)) {
                schedule();
                return;
            }
            if (now == SCHEDULED
                    || now == DRAINING_AND_WOKEN
                    || now == DRAINING && state.compareAndSet(DRAINING, DRAINING_AND_WOKEN)) {
                return;
            }
        }
    }

    @Override
    public void run() {
        boolean woken = true;
        for (int turn = 0; woken && turn < MOST_TURNS; turn++) {
            woken = drain();
        }
        if (woken) {
            schedule();
        }
    }

    /** Lets the owner work. Returns whether it has to once more. */
    private boolean drain() {
        state.set(DRAINING);
        try {
            owner.accept(letters);
        } catch (RuntimeException | Error thrown) {
            if (wasWoken()) {
                schedule();
            }
            throw thrown;
        }
        return wasWoken();
    }

    private boolean wasWoken() {
        if (!state.compareAndSet(DRAINING, IDLE)) {
            state.set(SCHEDULED);
            return true;
        }
        if (!letters.isEmpty()) {
            wake();
        }
        return false;
    }

    private void schedule() {
        try {
            executor.execute(this);
        } catch (RejectedExecutionException closed) {
            // why: the engine is closed; what is left in the mailbox is for the next one to find out
            state.set(IDLE);
        }
    }
}
