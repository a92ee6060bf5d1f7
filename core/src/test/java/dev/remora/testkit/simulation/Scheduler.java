package dev.remora.testkit.simulation;

import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Decides, by a seed, who goes on, and how time passes. Work runs on real threads, of which exactly one has the turn; it
 * hands it on when its work ends, waits, or passes a point at which others may come in between. So a seed always gives
 * the same steps. Nothing here needs a lock, as only who has the turn comes here.
 */
final class Scheduler {
    private static final long MOST_STEPS = 1_000_000;
    private static final long REAL_LIMIT_NANOS = 60_000_000_000L;
    /** One in so many choices lets time pass although there is something to do. */
    private static final int RUSH = 150;

    private final Random random;
    private final double preemption;
    private final Trace trace;
    private final List<Fiber> ready = new ArrayList<>();
    private final Set<Fiber> suspended = new LinkedHashSet<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final Map<Thread, Fiber> running = new HashMap<>();
    private final Deque<Carrier> idle;
    private final Carrier main = Carrier.current();
    private long now;
    private long order;
    private long steps;
    private Fiber current;
    private Fiber buried;
    private Carrier mourner;
    private boolean over;
    private Throwable failure;

    /**
     * Creates a scheduler; the calling thread must be the one that lets it run.
     *
     * @param preemption how often others come in between where they may: 0 for never to 1 for always
     * @param start epoch milliseconds
     * @param idle threads of earlier simulations, used again
     */
    Scheduler(Random random, double preemption, long start, Trace trace, Deque<Carrier> idle) {
        this.random = random;
        this.preemption = preemption;
        this.trace = trace;
        this.idle = idle;
        now = start;
    }

    long now() {
        return now;
    }

    long steps() {
        return steps;
    }

    void trace(SimulatedProcess process, Supplier<String> what) {
        trace.add(now, process, what);
    }

    /** The simulation has gone wrong, and ends. */
    void fail(Throwable why) {
        if (failure == null) {
            failure = why;
        }
        over = true;
    }

    /** The simulation has come to its end. */
    void finish() {
        over = true;
    }

    /** Begins some work soon. */
    void spawn(SimulatedProcess process, Runnable work) {
        if (!process.isDead()) {
            ready.add(new Fiber(process, work));
        }
    }

    /** Does something, which must be short and must not wait, when a time has come. */
    Timer at(long time, SimulatedProcess process, Runnable action) {
        Timer timer = new Timer(Math.max(time, now), order++, process, action);
        if (!process.isDead()) {
            timers.add(timer);
        }
        return timer;
    }

    /** Begins some work when a time has come. */
    Timer spawnAt(long time, SimulatedProcess process, Runnable work) {
        return at(time, process, () -> spawn(process, work));
    }

    /** Lets it run until it ends; throws what has gone wrong. */
    void run() throws Throwable {
        handTo(choose());
        if (!main.awaitTurn(REAL_LIMIT_NANOS)) {
            throw new AssertionError("a thread waits for another one outside of EngineThreads:" + stacks());
        }
        current = null;
        for (Fiber fiber : List.copyOf(suspended)) {
            fiber.process().die();
            bury(fiber);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private String stacks() {
        StringBuilder text = new StringBuilder();
        running.keySet().forEach(thread -> {
            text.append('\n').append(thread.getName());
            for (StackTraceElement frame : thread.getStackTrace()) {
                text.append("\n    ").append(frame);
            }
        });
        return text.toString();
    }

    /** The work that has the turn. */
    Fiber current() {
        return current;
    }

    Fiber fiberOf(Thread thread) {
        return running.get(thread);
    }

    /** A point at which others may come in between. */
    void pass() {
        checkAlive();
        if (over || random.nextDouble() < preemption) {
            ready.add(current);
            suspend();
        }
    }

    /** Lets the work that has the turn wait for some time. */
    void sleep(long millis) {
        checkAlive();
        Fiber me = current;
        long wait = me.beginWait(false);
        at(now + millis, me.process(), () -> wake(me, wait));
        suspend();
    }

    /** Lets the work that has the turn wait until its wait has ended. */
    void await() {
        checkAlive();
        suspend();
    }

    void wake(Fiber fiber, long wait) {
        if (fiber.endWait(wait) && !fiber.process().isDead()) {
            ready.add(fiber);
        }
    }

    void interrupt(Fiber fiber) {
        fiber.interrupt();
        if (fiber.canBeInterrupted()) {
            wake(fiber, fiber.waits());
        }
    }

    void checkAlive() {
        if (current.process().isDead()) {
            throw new ProcessDied();
        }
    }

    /** Lets a process die: all that it was doing ends where it stands. */
    void kill(SimulatedProcess process) {
        process.die();
        ready.removeIf(fiber -> fiber.process() == process && !fiber.hasBegun());
        for (Fiber fiber : List.copyOf(suspended)) {
            if (fiber.process() == process) {
                ready.remove(fiber);
                bury(fiber);
            }
        }
    }

    /** Gives the turn to suspended work of a dead process, until it has unwound. */
    private void bury(Fiber fiber) {
        Fiber me = current;
        Carrier from = me == null ? main : me.carrier();
        mourner = from;
        buried = fiber;
        fiber.carrier().give();
        from.awaitTurn();
        buried = null;
        current = me;
    }

    private void suspend() {
        Fiber me = current;
        suspended.add(me);
        Fiber next = choose();
        if (next != me) {
            handTo(next);
            me.carrier().awaitTurn();
        }
        suspended.remove(me);
        current = me;
        checkAlive();
    }

    /** Gives the turn to a fiber; to the main thread for null. */
    private void handTo(Fiber next) {
        if (next == null) {
            main.give();
        } else if (next.hasBegun()) {
            next.carrier().give();
        } else {
            Carrier carrier = idle.isEmpty() ? Carrier.start(running.size()) : idle.pop();
            carrier.give(() -> carry(carrier, next));
        }
    }

    /** Runs work on the thread that has the turn, and then more of it, as long as the choice falls on new work. */
    private void carry(Carrier carrier, Fiber first) {
        Fiber fiber = first;
        while (true) {
            fiber.runsOn(carrier);
            current = fiber;
            running.put(carrier.thread(), fiber);
            work(fiber);
            running.remove(carrier.thread());
            if (fiber == buried) {
                idle.push(carrier);
                mourner.give();
                return;
            }
            Fiber next = choose();
            if (next == null || next.hasBegun()) {
                idle.push(carrier);
                handTo(next);
                return;
            }
            fiber = next;
        }
    }

    private void work(Fiber fiber) {
        try {
            fiber.work().run();
        } catch (ProcessDied died) {
            trace(fiber.process(), () -> "work ends with its process");
        } catch (Throwable thrown) {
            if (!fiber.process().isDead()) {
                fail(new AssertionError("work of " + fiber.process() + " threw", thrown));
            }
        }
    }

    /** Returns who goes on; null if the simulation is over. */
    private Fiber choose() {
        while (!over) {
            if (++steps > MOST_STEPS) {
                fail(new AssertionError("no end after " + MOST_STEPS + " steps"));
                break;
            }
            int eligible = 0;
            for (Fiber fiber : ready) {
                eligible += fiber.process().goesOn() ? 1 : 0;
            }
            if (eligible == 0 || random.nextInt(RUSH) == 0) {
                if (!letTimePass() && eligible == 0) {
                    fail(new AssertionError("nothing can go on, and nothing waits for a time"));
                }
            } else {
                return take(random.nextInt(eligible));
            }
        }
        return null;
    }

    private Fiber take(int number) {
        int left = number;
        for (int place = 0; ; place++) {
            if (ready.get(place).process().goesOn() && left-- == 0) {
                trace.mark(place);
                return ready.remove(place);
            }
        }
    }

    /** Lets the next thing happen that waits for a time. Returns whether there was one. */
    private boolean letTimePass() {
        while (!timers.isEmpty()) {
            Timer timer = timers.poll();
            now = Math.max(now, timer.time());
            if (timer.fire()) {
                trace.mark(now);
                return true;
            }
        }
        return false;
    }
}
