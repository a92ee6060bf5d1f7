package dev.remora.internal.engine;

import dev.remora.model.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Hands out the slots in which nodes run: those of the engine, of which each pool may use so many at once.
 *
 * <p>Strict by priority; within a priority one slot to each execution in turn (F34). Executions queue here, not nodes. At
 * any moment nobody waits who could be served: whoever gives slots back serves those who wait. Safe for use by several
 * threads.
 */
final class Dispatcher {
    static final int LOWEST_PRIORITY = 1;
    static final int HIGHEST_PRIORITY = 10;

    private static final Runnable NOBODY = () -> {};

    /** What one execution wants, and has been given, of one pool. */
    static final class Claim {
        private final int pool;
        private final int priority;
        private final Runnable served;
        private int wanted;
        private int given;
        private boolean queued;

        /** @param served called, with the dispatcher locked, when slots were given to a claim that had to wait */
        Claim(int pool, int priority, Runnable served) {
            this.pool = pool;
            this.priority = priority;
            this.served = served;
        }
    }

    private final int slots;
    private final Map<String, Integer> poolNumbers = new HashMap<>();
    private final int[] poolFree;
    private final Deque<Claim>[][] waiting;
    private int free;
    private int turn;
    private boolean closed;

    @SuppressWarnings({"unchecked", "rawtypes"})
    Dispatcher(int slots, Map<String, Integer> pools) {
        this.slots = slots;
        free = slots;
        poolFree = new int[pools.size() + 1];
        poolNumbers.put(Node.DEFAULT_POOL, 0);
        poolFree[0] = slots;
        pools.forEach((name, size) -> {
            poolFree[poolNumbers.size()] = size;
            poolNumbers.put(name, poolNumbers.size());
        });
        waiting = new Deque[HIGHEST_PRIORITY + 1][poolFree.length];
        for (Deque<Claim>[] queues : waiting) {
            for (int pool = 0; pool < queues.length; pool++) {
                queues[pool] = new ArrayDeque<>();
            }
        }
    }

    /** From now on nobody gets a slot. */
    synchronized void close() {
        closed = true;
    }

    synchronized int taken() {
        return slots - free;
    }

    /** Returns how many nodes wait for a slot. */
    synchronized long waiting() {
        long nodes = 0;
        for (Deque<Claim>[] queues : waiting) {
            for (Deque<Claim> queue : queues) {
                for (Claim claim : queue) {
                    nodes += claim.wanted;
                }
            }
        }
        return nodes;
    }

    boolean hasPool(String name) {
        return poolNumbers.containsKey(name);
    }

    /** The number of a pool; that of the default pool if there is none of this name (any more). */
    int pool(String name) {
        return poolNumbers.getOrDefault(name, 0);
    }

    int pools() {
        return poolFree.length;
    }

    /**
     * Takes what the claim has been given meanwhile, and as many more slots as are free, up to a number. If that is
     * less than wanted, the claim waits for the rest.
     */
    synchronized int acquire(Claim claim, int wanted) {
        int taken = Math.min(claim.given, wanted);
        int surplus = claim.given - taken;
        claim.given = 0;
        int more = closed ? 0 : Math.max(0, Math.min(wanted - taken, Math.min(free, poolFree[claim.pool])));
        free -= more;
        poolFree[claim.pool] -= more;
        claim.wanted = wanted - taken - more;
        if (claim.wanted > 0 && !claim.queued) {
            claim.queued = true;
            waiting[claim.priority][claim.pool].addLast(claim);
        }
        if (surplus > 0) {
            release(claim.pool, surplus);
        }
        return taken + more;
    }

    /** Takes a slot whether one is free or not, for a job that runs already. Returns the pool, to give it back to. */
    synchronized int force(int pool) {
        free--;
        poolFree[pool]--;
        return pool;
    }

    /** Gives slots back, to those who wait for them. */
    void release(int pool, int count) {
        release(pool, count, NOBODY);
    }

    /**
     * Gives slots back, to those who wait for them.
     *
     * @param giver what is not called if its own claims are served, as it asks what they were given anyway
     */
    synchronized void release(int pool, int count, Runnable giver) {
        free += count;
        poolFree[pool] += count;
        if (closed) {
            return;
        }
        for (int priority = HIGHEST_PRIORITY; priority >= LOWEST_PRIORITY && free > 0; priority--) {
            serve(waiting[priority], giver);
        }
    }

    /** Serves the queues of one priority in turn, until the slots or the waiting claims are used up. */
    private void serve(Deque<Claim>[] queues, Runnable giver) {
        int fruitless = 0;
        while (free > 0 && fruitless < queues.length) {
            int pool = turn;
            turn = (turn + 1) % queues.length;
            fruitless = poolFree[pool] > 0 && serveOne(queues[pool], giver) ? 0 : fruitless + 1;
        }
    }

    private boolean serveOne(Deque<Claim> queue, Runnable giver) {
        for (Claim claim = queue.pollFirst(); claim != null; claim = queue.pollFirst()) {
            if (claim.wanted > 0) {
                claim.wanted--;
                claim.given++;
                free--;
                poolFree[claim.pool]--;
                claim.queued = claim.wanted > 0;
                if (claim.queued) {
                    queue.addLast(claim);
                }
                if (claim.served != giver) {
                    claim.served.run();
                }
                return true;
            }
            claim.queued = false;
        }
        return false;
    }
}
