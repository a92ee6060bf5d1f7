package dev.remora.testkit.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An executor in the simulation: tasks begin in their order, so many at once at the most. */
final class SimulatedPool extends AbstractExecutorService implements ScheduledExecutorService {
    private final Scheduler scheduler;
    private final SimulatedProcess process;
    private final String role;
    private final int threads;
    private final int mostQueued;
    private final boolean mayYield;
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private final Set<Fiber> running = new LinkedHashSet<>();
    private final CompletableFuture<Void> terminated = new CompletableFuture<>();
    private int begun;
    private boolean shutdown;

    SimulatedPool(Scheduler scheduler, SimulatedProcess process, String role, int threads, int mostQueued) {
        this.scheduler = scheduler;
        this.process = process;
        this.role = role;
        this.threads = threads;
        this.mostQueued = mostQueued;
        // why: runs are woken while the slots are locked, and whoever holds such a lock must not lose the turn
        mayYield = !role.equals("run");
    }

    @Override
    public void execute(Runnable task) {
        if (shutdown || queue.size() >= mostQueued) {
            throw new RejectedExecutionException(role + (shutdown ? " is closed" : " is full"));
        }
        queue.add(task);
        beginNext();
        if (mayYield) {
            scheduler.pass();
        }
    }

    /** Begins a task soon, unless it is closed. To be used where nobody may come in between. */
    void submitNow(Runnable task) {
        if (!shutdown) {
            queue.add(task);
            beginNext();
        }
    }

    private void beginNext() {
        if (begun < threads && begun - running.size() < queue.size()) {
            begun++;
            scheduler.spawn(process, this::runNext);
        }
    }

    private void runNext() {
        Runnable task = queue.poll();
        Fiber me = scheduler.current();
        running.add(me);
        try {
            if (task != null) {
                task.run();
            }
        } finally {
            running.remove(me);
            begun--;
            beginNext();
            if (shutdown && begun == 0 && queue.isEmpty()) {
                terminated.complete(null);
            }
        }
    }

    @Override
    public void shutdown() {
        shutdown = true;
        if (begun == 0 && queue.isEmpty()) {
            terminated.complete(null);
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> never = new ArrayList<>(queue);
        queue.clear();
        running.forEach(scheduler::interrupt);
        shutdown();
        return never;
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return terminated.isDone();
    }

    @Override
    public boolean awaitTermination(long time, TimeUnit unit) throws InterruptedException {
        if (!terminated.isDone()) {
            Fiber me = scheduler.current();
            long wait = me.beginWait(true);
            Timer timer = scheduler.at(scheduler.now() + unit.toMillis(time), process, () -> scheduler.wake(me, wait));
            terminated.whenComplete((value, thrown) -> scheduler.wake(me, wait));
            scheduler.await();
            timer.cancel();
            if (me.takeInterrupt()) {
                throw new InterruptedException();
            }
        }
        return terminated.isDone();
    }

    /** A task that waits for its time. */
    private static final class Later implements ScheduledFuture<Void> {
        private Timer timer;
        private boolean cancelled;

        @Override
        public boolean cancel(boolean interrupt) {
            cancelled = true;
            return timer.cancel();
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public boolean isDone() {
            return cancelled;
        }

        @Override
        public Void get() {
            throw new UnsupportedOperationException("nobody may wait for a timer in the simulation");
        }

        @Override
        public Void get(long timeout, TimeUnit unit) throws TimeoutException {
            return get();
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new UnsupportedOperationException("not known in the simulation");
        }

        @Override
        public int compareTo(Delayed other) {
            throw new UnsupportedOperationException("not known in the simulation");
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        Later later = new Later();
        later.timer = scheduler.at(scheduler.now() + unit.toMillis(delay), process, () -> submitNow(task));
        return later;
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initial, long delay, TimeUnit unit) {
        Later later = new Later();
        long millis = unit.toMillis(delay);
        Runnable again = new Runnable() {
            @Override
            public void run() {
                task.run();
                if (!later.cancelled) {
                    later.timer = scheduler.at(scheduler.now() + millis, process, () -> submitNow(this));
                }
            }
        };
        later.timer = scheduler.at(scheduler.now() + unit.toMillis(initial), process, () -> submitNow(again));
        return later;
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initial, long period, TimeUnit unit) {
        return scheduleWithFixedDelay(task, initial, period, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("no engine needs it");
    }
}
