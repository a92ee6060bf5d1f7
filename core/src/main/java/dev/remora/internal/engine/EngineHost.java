package dev.remora.internal.engine;

import dev.remora.event.ExecutionEvent;
import dev.remora.event.ScheduleEvent;
import dev.remora.internal.schedule.Host;
import dev.remora.model.Cause;
import dev.remora.model.Limit;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Status;
import dev.remora.spi.Command;
import dev.remora.spi.EngineClock;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.Lease;
import dev.remora.spi.NodeState;
import dev.remora.spi.Storage;
import dev.remora.spi.Submission;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This engine, as schedules and backfills see it. */
final class EngineHost implements Host, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineHost.class);
    private static final int MOST_QUEUED = 100_000;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final Engine engine;
    private final EngineParts parts;
    private final ExecutorService thread;
    private volatile boolean closed;

    EngineHost(Engine engine) {
        this.engine = engine;
        parts = engine.parts();
        thread = parts.threads().pool("time", 1, MOST_QUEUED);
    }

    @Override
    public Storage storage() {
        return parts.storage();
    }

    @Override
    public Lease lease() {
        return parts.ownership().lease();
    }

    @Override
    public ZoneId zone() {
        return parts.config().zone();
    }

    @Override
    public long limit(Limit limit) {
        return parts.config().limit(limit);
    }

    @Override
    public long now() {
        return parts.clock().now();
    }

    @Override
    public EngineClock.Alarm at(long time, Runnable task) {
        return parts.clock().at(time, task);
    }

    @Override
    public void later(Runnable work) {
        AtomicReference<Runnable> todo = new AtomicReference<>(work);
        Runnable counted = parts.clock().counted(() -> {
            if (!closed) {
                todo.get().run();
            }
        });
        try {
            thread.execute(counted);
        } catch (RejectedExecutionException notNow) {
            // why: the engine closes, or is far behind; the next look of some engine finds what there is to do
            LOG.debug("work of schedules and backfills is left to the next look", notNow);
            todo.set(() -> {});
            counted.run();
        }
    }

    @Override
    public <T> T adopting(Supplier<T> work) {
        return parts.strays().whileAdopting(work);
    }

    @Override
    public void begin(long execId, Lease lease, Submission submission, ExecutionState state) {
        List<NodeState> rows =
                state.round() == 1 ? List.of() : parts.storage().executions().nodes(execId);
        parts.activation().begin(execId, lease, submission, state, rows);
    }

    @Override
    public void kill(long execId, Cause cause) {
        Command kill = new Command.Kill(cause);
        Optional<ActiveRun> here = parts.activation().active(execId);
        if (here.isPresent()) {
            here.get().command(kill);
        } else {
            parts.storage().executions().send(execId, kill);
        }
    }

    @Override
    public void check(SavedWorkflow workflow, Submission submission) {
        parts.definitions()
                .runnable(workflow, engine.check())
                .check(
                        submission.options(),
                        submission.scheduleTime(),
                        submission.occasion().zone());
    }

    @Override
    public void check(ExecutionRecord run) {
        Submission submission = run.submission();
        parts.definitions()
                .of(run)
                .check(
                        submission.options(),
                        submission.scheduleTime(),
                        submission.occasion().zone());
    }

    @Override
    public Optional<ExecutionState> notice(Submission submission, ExecutionState state) {
        return parts.notifications().noticeOf(submission, state);
    }

    @Override
    public void submitted(ExecutionEvent.Submitted event) {
        parts.metrics().executionSubmitted();
        parts.listeners().tell(event);
    }

    @Override
    public void ended(Status status) {
        parts.metrics().executionEnded(status);
        parts.notifications().look();
    }

    @Override
    public boolean hasListeners() {
        return parts.listeners().any();
    }

    @Override
    public void tell(ExecutionEvent event) {
        parts.listeners().tell(event);
    }

    @Override
    public void tell(ScheduleEvent event) {
        parts.listeners().tell(event);
    }

    /** Does nothing more. */
    @Override
    public void close() {
        closed = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "engine {} closes while it still works on schedules",
                        parts.config().name());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
