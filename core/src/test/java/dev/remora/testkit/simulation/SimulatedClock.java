package dev.remora.testkit.simulation;

import dev.remora.spi.EngineClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The clock of an engine in the simulation: it may be a little off, and its alarms come on one thread. */
final class SimulatedClock implements EngineClock {
    private final Scheduler scheduler;
    private final SimulatedProcess process;
    private final SimulatedThreads threads;
    private final SimulatedPool pool;
    private final long skew;

    /** @param skew by how many milliseconds it is ahead of the clock of the storage */
    SimulatedClock(Scheduler scheduler, SimulatedProcess process, SimulatedThreads threads, long skew) {
        this.scheduler = scheduler;
        this.process = process;
        this.threads = threads;
        this.skew = skew;
        pool = new SimulatedPool(scheduler, process, "timer", 1, Integer.MAX_VALUE);
    }

    @Override
    public long now() {
        return scheduler.now() + skew;
    }

    @Override
    public Alarm at(long time, Runnable task) {
        if (pool.isShutdown()) {
            return () -> {};
        }
        process.countAlarm(1);
        Timer timer = scheduler.at(time - skew, process, () -> {
            process.countAlarm(-1);
            pool.submitNow(task);
        });
        return () -> {
            if (timer.cancel()) {
                process.countAlarm(-1);
            }
        };
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        threads.sleep(time.toMillis(), new CompletableFuture<>());
    }

    @Override
    public void interrupt(Thread thread) {
        scheduler.interrupt(scheduler.fiberOf(thread));
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
