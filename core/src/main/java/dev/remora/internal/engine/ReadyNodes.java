package dev.remora.internal.engine;

import dev.remora.internal.dag.IntQueue;

/**
 * The nodes of one run that are ready, by pool, and the place of the run in the queues for slots. Touched only while the
 * mailbox of the run is drained.
 */
final class ReadyNodes {
    /** Starts a node on a slot. */
    @FunctionalInterface
    interface Starter {
        /** Returns whether it has started, and so uses the slot. */
        boolean start(int node, int pool);
    }

    private final Dispatcher dispatcher;
    private final int priority;
    private final Runnable wake;
    private final IntQueue[] ready;
    private final Dispatcher.Claim[] claims;
    private final int[] freed;

    /** @param wake what happens when a slot that the run waits for is free */
    ReadyNodes(Dispatcher dispatcher, int priority, Runnable wake) {
        this.dispatcher = dispatcher;
        this.priority = priority;
        this.wake = wake;
        int pools = dispatcher.pools();
        ready = new IntQueue[pools];
        claims = new Dispatcher.Claim[pools];
        freed = new int[pools];
    }

    void add(int node, int pool) {
        if (ready[pool] == null) {
            ready[pool] = new IntQueue();
        }
        ready[pool].add(node);
    }

    /** A slot of the run is free; it is given back by {@link #giveBack}. */
    void free(int pool) {
        freed[pool]++;
    }

    /** Gives back what is free; {@link #start} or {@link #withdraw} must follow, which see what the run itself got of it. */
    void giveBack() {
        for (int pool = 0; pool < freed.length; pool++) {
            if (freed[pool] > 0) {
                dispatcher.release(pool, freed[pool], wake);
                freed[pool] = 0;
            }
        }
    }

    /**
     * Starts as many as there are slots for.
     *
     * @param room how many may start at the most
     * @return whether any is left
     */
    boolean start(int room, Starter starter) {
        boolean waits = false;
        int left = room;
        for (int pool = 0; pool < ready.length; pool++) {
            if (ready[pool] != null && (!ready[pool].isEmpty() || claims[pool] != null)) {
                left -= start(pool, left, starter);
                waits |= !ready[pool].isEmpty();
            }
        }
        return waits;
    }

    private int start(int pool, int room, Starter starter) {
        IntQueue queue = ready[pool];
        if (claims[pool] == null) {
            claims[pool] = new Dispatcher.Claim(pool, priority, wake);
        }
        int acquired = dispatcher.acquire(claims[pool], Math.max(0, Math.min(queue.size(), room)));
        int slots = acquired;
        while (slots > 0 && !queue.isEmpty()) {
            if (starter.start(queue.remove(), pool)) {
                slots--;
            }
        }
        if (slots > 0) {
            dispatcher.release(pool, slots);
        }
        if (queue.isEmpty()) {
            // why: a claim is there only while something waits for it
            withdraw(pool);
        }
        return acquired - slots;
    }

    /** Waits for no slot any more; what is ready stays so. */
    void withdraw() {
        for (int pool = 0; pool < claims.length; pool++) {
            if (claims[pool] != null) {
                withdraw(pool);
            }
        }
    }

    private void withdraw(int pool) {
        dispatcher.acquire(claims[pool], 0);
        claims[pool] = null;
    }
}
