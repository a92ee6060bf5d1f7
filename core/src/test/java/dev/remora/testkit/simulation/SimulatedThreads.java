package dev.remora.testkit.simulation;

import dev.remora.internal.engine.EngineThreads;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;

/** The threads of an engine in the simulation. */
final class SimulatedThreads implements EngineThreads {
    private final Scheduler scheduler;
    private final SimulatedProcess process;
    private final Random random;

    SimulatedThreads(Scheduler scheduler, SimulatedProcess process, Random random) {
        this.scheduler = scheduler;
        this.process = process;
        this.random = random;
    }

    @Override
    public ExecutorService pool(String role, int threads, int mostQueued) {
        return new SimulatedPool(scheduler, process, role, threads, mostQueued);
    }

    @Override
    public ScheduledExecutorService timer(String role) {
        return new SimulatedPool(scheduler, process, role, 1, Integer.MAX_VALUE);
    }

    @Override
    public ExecutorService workers(String role, int most) {
        return new SimulatedPool(scheduler, process, role, most, Integer.MAX_VALUE);
    }

    @Override
    public boolean await(CompletableFuture<?> event, Duration limit) throws InterruptedException {
        scheduler.checkAlive();
        if (event.isDone()) {
            return true;
        }
        sleep(limit.toMillis(), event);
        return event.isDone();
    }

    @Override
    public void pause(Duration most) throws InterruptedException {
        long millis = most.toMillis();
        sleep(millis / 2 + random.nextInt((int) (millis / 2 + 1)), new CompletableFuture<>());
    }

    /** Waits for a time or an event, whichever comes first. */
    void sleep(long millis, CompletableFuture<?> event) throws InterruptedException {
        scheduler.checkAlive();
        Fiber me = scheduler.current();
        if (me.takeInterrupt()) {
            throw new InterruptedException();
        }
        long wait = me.beginWait(true);
        Timer timer = scheduler.at(scheduler.now() + millis, process, () -> scheduler.wake(me, wait));
        event.whenComplete((value, thrown) -> scheduler.wake(me, wait));
        scheduler.await();
        timer.cancel();
        if (me.takeInterrupt()) {
            throw new InterruptedException();
        }
    }

    @Override
    public long nanoTime() {
        return TimeUnit.MILLISECONDS.toNanos(scheduler.now());
    }

    @Override
    public ReadWriteLock lock() {
        return new SimulatedLock(scheduler);
    }
}
