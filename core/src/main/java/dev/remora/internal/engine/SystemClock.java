package dev.remora.internal.engine;

import dev.remora.spi.EngineClock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The system's clock, and one thread for all that waits for it. */
final class SystemClock implements EngineClock {
    private static final Alarm NOTHING = () -> {};

    private final ScheduledExecutorService timer;

    SystemClock(EngineThreads threads) {
        timer = threads.timer("timer");
    }

    @Override
    public long now() {
        return System.currentTimeMillis();
    }

    @Override
    public Alarm at(long time, Runnable task) {
        if (timer.isShutdown()) {
            return NOTHING;
        }
        ScheduledFuture<?> future = timer.schedule(task, Math.max(0, time - now()), TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(Nanos.of(time));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
