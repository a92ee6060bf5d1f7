package dev.remora.internal.engine;

import dev.remora.error.RemoraException;
import dev.remora.spi.EngineClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads on which jobs are started, watched and stopped, and those on which Java nodes run.
 *
 * <p>A Java node that ends may make another one start; the first such node runs on the same thread, right after, so that
 * a chain of Java nodes needs no hand-over between threads.
 */
final class JobThreads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobThreads.class);
    private static final int SHORT_WORK_THREADS = 4;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    /** What a worker thread does after the end of a node, and what it runs then; and whether it may be given that now. */
    private static final class Worker {
        private boolean dealsWithEnd;
        private boolean takesStep;
        private Runnable step;
        private Runnable next;
    }

    private final ThreadLocal<Worker> worker = new ThreadLocal<>();
    private final EngineClock clock;
    private final ExecutorService shortWork;
    private final ScheduledExecutorService delays;
    private final Optional<ExecutorService> ownWorkers;
    private final Executor workers;

    JobThreads(EngineConfig config, EngineClock clock, EngineThreads threads) {
        this.clock = clock;
        shortWork = threads.pool("job", SHORT_WORK_THREADS, Integer.MAX_VALUE);
        delays = threads.timer("delay");
        ownWorkers = config.javaExecutor().isPresent()
                ? Optional.empty()
                : Optional.of(threads.workers("worker", config.maxRunningNodes()));
        workers = config.javaExecutor().orElseGet(() -> ownWorkers.orElseThrow());
    }

    /** Runs short work soon. */
    void execute(Runnable task) {
        executeNow(clock.counted(guarded(task)));
    }

    private void executeNow(Runnable task) {
        try {
            shortWork.execute(task);
        } catch (RejectedExecutionException closed) {
            LOG.debug("closed; {} is not run", task);
        }
    }

    /** Runs short work later, in real time. */
    void later(Duration delay, Runnable task) {
        delays.schedule(() -> executeNow(guarded(task)), Nanos.of(delay), TimeUnit.NANOSECONDS);
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error thrown) {
                LOG.error("a task of a job threw", thrown);
            }
        };
    }

    /**
     * Runs a Java node: next on this thread if the end of another node is just being dealt with here, else on another.
     *
     * @param javaNode runs the code of the node, and tells what its end is
     */
    void runJava(Supplier<Runnable> javaNode) {
        Runnable task = clock.counted(() -> end(javaNode.get()));
        Worker here = worker.get();
        if (here != null && here.dealsWithEnd && here.next == null) {
            here.next = task;
            return;
        }
        try {
            workers.execute(() -> work(task));
        } catch (RejectedExecutionException | RemoraException closed) {
            LOG.debug("closed; {} is not run", task);
        }
    }

    /**
     * Where runs work that were woken: if that is by the end of a node, as its slot is theirs now, on the thread that deals
     * with it, right after; else in a pool.
     */
    Executor behindEnds(Executor pool) {
        return step -> {
            Worker here = worker.get();
            if (here != null && here.takesStep && here.step == null) {
                here.step = step;
            } else {
                pool.execute(step);
            }
        };
    }

    private void work(Runnable first) {
        Worker here = worker.get();
        if (here == null) {
            here = new Worker();
            worker.set(here);
        }
        for (Runnable task = first; task != null; task = here.next) {
            here.next = null;
            task.run();
        }
    }

    /** Only what an end starts may wait for this thread: the code of a node may itself wait for what it has started. */
    private void end(Runnable end) {
        Worker here = worker.get();
        here.dealsWithEnd = true;
        here.takesStep = true;
        try {
            end.run();
        } finally {
            here.takesStep = false;
            try {
                takeStep(here);
            } finally {
                here.dealsWithEnd = false;
            }
        }
    }

    /** Takes one at the most, as the thread may have a node to run. */
    private static void takeStep(Worker here) {
        Runnable step = here.step;
        here.step = null;
        if (step != null) {
            step.run();
        }
    }

    @Override
    public void close() {
        delays.shutdown();
        shortWork.shutdown();
        ownWorkers.ifPresent(ExecutorService::shutdownNow);
        try {
            if (!shortWork.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                shortWork.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            shortWork.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
