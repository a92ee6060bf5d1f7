package dev.remora.internal.engine;

import dev.remora.error.Problem;
import dev.remora.error.StorageException;
import dev.remora.internal.resource.WorkFiles;
import dev.remora.model.Cause;
import dev.remora.spi.JavaJob;
import dev.remora.spi.JobHandle;
import dev.remora.spi.JobResult;
import dev.remora.spi.JobType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt of a node in this engine, from the moment its start is stored to the moment its job is gone. */
final class JobAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(JobAttempt.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final JobResult SUCCESS_BEFORE_STOP = JobResult.success().endedBeforeStop();

    /** From how much on it counts that a start takes long to store: the storage was away. */
    private static final long LATE_MILLIS = 1_000;

    private static final Runnable NOTHING_MORE = () -> {};

    private static final JobResult NEVER_STARTED =
            JobResult.failed(Cause.EXCEPTION, "asked to stop before it had started");

    private enum Stage {
        RUNNING,
        /** It was asked to stop. */
        STOPPING,
        /** The next engine is to have it: running if it can, else it was asked to stop. */
        LEAVING,
        ENDED
    }

    private final EngineParts parts;
    private final ActiveRun run;
    private final int node;
    private final int attempt;
    private final ResolvedParameter parameter;
    private final AttemptContext context;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.RUNNING);
    private int slot;

    /** When its start came up. */
    private long orderedAt;

    private volatile boolean launched;
    private long begun;
    private JobHandle handle;

    /** What runs the code of a Java node, while it does: it is interrupted for this node, never for what it runs next. */
    private Thread javaThread;

    /** Whether the job is only let go of, not stopped. Set before it is told so. */
    private volatile boolean left;

    JobAttempt(EngineParts parts, ActiveRun run, int node, int attempt, ResolvedParameter parameter) {
        this.parameter = parameter;
        this.parts = parts;
        this.run = run;
        this.node = node;
        this.attempt = attempt;
        context = new AttemptContext(parts, run, node, attempt, parameter.value(), this::isAskedToEnd);
    }

    private boolean isAskedToEnd() {
        Stage now = stage.get();
        return now == Stage.STOPPING || now == Stage.LEAVING;
    }

    int attempt() {
        return attempt;
    }

    int node() {
        return node;
    }

    int slot() {
        return slot;
    }

    void occupySlot(int pool) {
        slot = pool;
    }

    /** Its start came up, and is to be stored. */
    void ordered(long now) {
        orderedAt = now;
    }

    /** Whether its start is stored, so that its job has begun. */
    boolean isLaunched() {
        return launched;
    }

    /** Starts the job; its start is stored. */
    void launch() {
        if (!launched && parts.clock().now() - orderedAt >= LATE_MILLIS) {
            run.startedLate(this);
        }
        launched = true;
        begun = parts.metrics().begin();
        JobType type = parts.config().jobTypes().get(context.definition().type());
        if (type instanceof JavaJob.Type java) {
            parts.jobThreads().runJava(() -> context.withMdc(() -> runJava(java)));
        } else if (files().any()) {
            // why: copying large files is no short work
            parts.jobThreads().runJava(() -> {
                context.withMdc(() -> start(Optional.ofNullable(type)));
                return NOTHING_MORE;
            });
        } else {
            parts.jobThreads().execute(() -> context.withMdc(() -> start(Optional.ofNullable(type))));
        }
    }

    /** Its run is dropped, and the job does not start, or is another engine's: its slot is free. */
    void giveUp() {
        if (stage.getAndSet(Stage.ENDED) != Stage.ENDED) {
            parts.dispatcher().release(slot, 1);
            parts.runningJobs().ended();
        }
    }

    private void start(Optional<JobType> type) {
        try {
            Optional<JobResult> refused = refusal(type);
            if (refused.isPresent()) {
                completed(refused.get());
            } else if (!fetchFiles()) {
                return;
            } else if (isAskedToEnd()) {
                completed(NEVER_STARTED);
            } else if (!awaitsLease()) {
                watch(type.orElseThrow().start(context));
            }
        } catch (Exception | LinkageError thrown) {
            completed(failed(thrown));
        }
    }

    /**
     * The process may have stood still since the start was stored, for longer than its lease: then another engine has the
     * run, and this one hears of it with its next beat.
     */
    private boolean awaitsLease() {
        boolean doubtful = parts.ownership().isDoubtful();
        if (run.isDropped()) {
            // why: looked at after the lease, as an engine that gets another one has dropped its runs before
            giveUp();
        }
        if (isLetGo()) {
            return true;
        }
        if (doubtful) {
            context.later(AGAIN, this::launch);
        }
        return doubtful;
    }

    private Optional<JobResult> refusal(Optional<JobType> type) {
        if (type.isEmpty()) {
            return Optional.of(JobResult.failed(
                    Cause.UNKNOWN_JOB_TYPE,
                    "this engine has no job type " + context.definition().type()));
        }
        if (parameter.problem().isPresent()) {
            return Optional.of(
                    JobResult.failed(Cause.BAD_PARAMETER, parameter.problem().get()));
        }
        List<Problem> problems = type.get().check(parameter.value());
        if (problems.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(JobResult.failed(
                Cause.BAD_PARAMETER,
                problems.stream()
                        .map(problem -> problem.under("parameter").toString())
                        .collect(Collectors.joining("; "))));
    }

    /** Fetches what the node lists; false if the attempt has ended with that, or is started again later. */
    private boolean fetchFiles() {
        if (!files().any()) {
            return true;
        }
        try {
            WorkFiles.Wish wish = new WorkFiles.Wish(
                    run.execId(),
                    context.project(),
                    run.files(),
                    context.workDirectory(),
                    () -> stage.get() != Stage.RUNNING);
            Optional<JobResult> failed = files().fetch(parts.workFiles(), wish);
            failed.ifPresent(this::completed);
            return failed.isEmpty();
        } catch (InterruptedException stopped) {
            completed(NEVER_STARTED);
        } catch (StorageException failing) {
            if (failing.isTransient() && stage.get() == Stage.RUNNING) {
                LOG.debug(
                        "job {} attempt {} cannot fetch its files now; tried again", context.jobId(), attempt, failing);
                context.later(AGAIN, this::launch);
            } else {
                completed(failed(failing));
            }
        } catch (IOException | RuntimeException thrown) {
            completed(failed(thrown));
        }
        return false;
    }

    private AttemptFiles files() {
        return new AttemptFiles(parameter.value());
    }

    /** Runs the code of the node; returns what its end is. */
    private Runnable runJava(JavaJob.Type type) {
        JobResult result;
        try {
            Optional<JobResult> refused = refusal(Optional.of(type));
            if (refused.isPresent()) {
                result = refused.get();
            } else if (!fetchFiles() || !isAskedToEnd() && awaitsLease()) {
                return NOTHING_MORE;
            } else {
                synchronized (this) {
                    javaThread = Thread.currentThread();
                }
                // why: looked at after the thread is known, so that a stop either is seen here or interrupts it
                result = isAskedToEnd()
                        ? NEVER_STARTED
                        : JobResult.success(type.job().run(context));
            }
        } catch (Exception | Error thrown) {
            result = failed(thrown);
        } finally {
            leaveThread();
        }
        JobResult end = result;
        return () -> completed(end);
    }

    private synchronized void leaveThread() {
        javaThread = null;
        Thread.interrupted();
    }

    /** Finds the job of an earlier engine again, or finds out that it is gone. */
    void reattach(String token) {
        launched = true;
        parts.jobThreads()
                .execute(() -> context.withMdc(() -> {
                    if (isLetGo()) {
                        return;
                    }
                    Optional<JobType> type = Optional.ofNullable(
                            parts.config().jobTypes().get(context.definition().type()));
                    try {
                        Optional<JobHandle> found =
                                type.isEmpty() ? Optional.empty() : type.get().reattach(context, token);
                        if (found.isPresent()) {
                            watch(found.get());
                        } else {
                            context.closeLog(() -> run.lost(this));
                        }
                    } catch (Exception | LinkageError thrown) {
                        lookAgain(token, thrown);
                    }
                }));
    }

    private void lookAgain(String token, Throwable thrown) {
        if (isLetGo()) {
            return;
        }
        if (thrown instanceof StorageException) {
            LOG.debug("job {} attempt {} cannot be looked for now; tried again", context.jobId(), attempt, thrown);
        } else {
            LOG.warn("job {} attempt {} cannot be looked for now; tried again", context.jobId(), attempt, thrown);
        }
        context.later(AGAIN, () -> reattach(token));
    }

    private void watch(JobHandle started) {
        synchronized (this) {
            handle = started;
        }
        if (isAskedToEnd()) {
            end(started);
        }
        started.completion()
                .whenComplete((result, thrown) ->
                        context.withMdc(() -> completed(thrown == null ? result : failed(unwrapped(thrown)))));
    }

    private void end(JobHandle started) {
        Duration grace = parts.config().killGrace();
        if (left) {
            started.leave(grace);
            // why: of a job that goes on without this engine no end is ever heard
            giveUp();
        } else if (stage.get() != Stage.LEAVING) {
            started.stop(grace);
        } else if (started.leave(grace)) {
            leaveRunning();
        }
    }

    /** Whether nobody here is to look for the job any more. */
    private boolean isLetGo() {
        if (left) {
            giveUp();
        } else if (stage.get() == Stage.LEAVING) {
            leaveRunning();
        }
        return stage.get() == Stage.ENDED;
    }

    /** The job goes on, and so does what is stored of it: its node stays as it is, and its lines so far are in its log. */
    private void leaveRunning() {
        if (stage.getAndSet(Stage.ENDED) != Stage.ENDED) {
            run.leftJob();
            context.leaveLog(() -> {
                parts.dispatcher().release(slot, 1);
                parts.runningJobs().ended();
            });
        }
    }

    /** The engine closes: the next one finds the job, or runs it again. One that is being stopped already is not touched. */
    void leaveToNext() {
        stop(stage.compareAndSet(Stage.RUNNING, Stage.LEAVING));
    }

    /** Lets go of the job: another engine finds it, or this one does when it owns the execution again. */
    void leave() {
        left = true;
        stop(stage.compareAndSet(Stage.RUNNING, Stage.STOPPING) || isAskedToEnd());
    }

    /** Its node has ended: what it still says is not stored, as it could come between the lines of the next attempt. */
    void endLog() {
        parts.jobThreads().execute(() -> context.withMdc(() -> context.closeLog(() -> {})));
    }

    /** Asks the job to stop. Asking again changes nothing. */
    void stop() {
        stop(stage.compareAndSet(Stage.RUNNING, Stage.STOPPING));
    }

    private void stop(boolean asked) {
        if (!asked) {
            return;
        }
        JobHandle started;
        synchronized (this) {
            started = handle;
            if (javaThread != null) {
                parts.clock().interrupt(javaThread);
            }
        }
        if (started != null) {
            parts.jobThreads().execute(() -> context.withMdc(() -> end(started)));
        }
    }

    private void completed(JobResult result) {
        Stage before = stage.getAndSet(Stage.ENDED);
        if (before == Stage.ENDED) {
            return;
        }
        if (begun != 0) {
            parts.metrics().attemptEnded(begun);
        }
        boolean byItself = before == Stage.RUNNING;
        JobResult checked = OutputCheck.of(result, parts.config());
        JobResult told = !byItself || checked.beforeStop()
                ? checked
                : checked == JobResult.success() ? SUCCESS_BEFORE_STOP : checked.endedBeforeStop();
        context.closeLog(() -> run.ended(this, told));
    }

    /** The end of the attempt is stored: the job type's own files may go. */
    void cleanUp() {
        if (context.leavesFiles()) {
            parts.jobThreads()
                    .execute(() -> context.withMdc(
                            () -> parts.directories().removeControlDirectory(context.jobId(), attempt)));
        }
    }

    private JobResult failed(Throwable thrown) {
        if (thrown instanceof InterruptedException && stage.get() != Stage.RUNNING) {
            return JobResult.failed(Cause.EXCEPTION, "interrupted, as it was asked to stop");
        }
        LOG.debug("job {} attempt {} threw", context.jobId(), attempt, thrown);
        context.remark(StackTraces.of(thrown));
        return JobResult.failed(Cause.EXCEPTION, thrown.toString());
    }

    private static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }
}
