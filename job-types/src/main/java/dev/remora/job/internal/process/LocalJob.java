package dev.remora.job.internal.process;

import dev.remora.error.EngineClosedException;
import dev.remora.error.LeaseLostException;
import dev.remora.error.StorageException;
import dev.remora.model.Cause;
import dev.remora.model.Limit;
import dev.remora.spi.JobContext;
import dev.remora.spi.JobHandle;
import dev.remora.spi.JobResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A program that runs as a job: looked at now and then, by whatever thread the engine has for it. Safe for use by several
 * threads.
 */
public final class LocalJob implements JobHandle {
    /** Until when it is not looked again after the storage or the file system failed. */
    private static final Duration RETRY = Duration.ofMillis(500);
    /** How long the file system may fail before the job is given up. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** How often to look whether the launcher lives. Its exit code tells of every regular end before. */
    private static final Duration LIFE_SIGN = Duration.ofSeconds(1);

    /** How long to wait while the job writes faster than its log may grow. */
    private static final Duration TOO_FAST = Duration.ofMillis(20);

    private final JobContext context;
    private final ControlDirectory control;
    private final ProcessTable table;
    private final OutputTail tail;
    private final CompletableFuture<JobResult> completion = new CompletableFuture<>();
    private final AtomicReference<Optional<StopRequest>> stop = new AtomicReference<>(Optional.empty());
    /** Only the look that was scheduled last is made. */
    private final AtomicLong turn = new AtomicLong();

    private final ReentrantLock looking = new ReentrantLock();
    private final Pace pace = new Pace();
    private final Optional<StartWatch> start;
    private Optional<Identity> identity;
    private Optional<Termination> termination = Optional.empty();
    private Optional<Ending> ending = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();
    private boolean launcherVanished;
    private Optional<JobResult> lost = Optional.empty();
    private volatile boolean abandoned;
    private long lastLifeSign = System.nanoTime();
    private long troubledSince;

    /**
     * Someone wants the job to stop.
     *
     * @param late whether it had ended before
     */
    private record StopRequest(Duration grace, boolean late) {}

    /**
     * The program has ended.
     *
     * @param outputSize how much output there is; survivors may write more
     * @param verdict tells the result, once the output is read
     */
    private record Ending(long outputSize, Verdict verdict) {}

    @FunctionalInterface
    private interface Verdict {
        JobResult get() throws IOException;
    }

    /** A job whose launcher is yet to come. */
    LocalJob(JobContext context, ControlDirectory control, ProcessTable table, StartWatch start) {
        this(context, control, table, Optional.of(start), Optional.empty());
    }

    /** A job that was started some time ago. */
    LocalJob(JobContext context, ControlDirectory control, ProcessTable table, Identity identity) {
        this(context, control, table, Optional.empty(), Optional.of(identity));
    }

    private LocalJob(
            JobContext context,
            ControlDirectory control,
            ProcessTable table,
            Optional<StartWatch> start,
            Optional<Identity> identity) {
        this.context = context;
        this.control = control;
        this.table = table;
        this.tail = new OutputTail(control.output(), context.log(), context.limit(Limit.LOG_SIZE));
        this.start = start;
        this.identity = identity;
    }

    /** Ends it, as nobody can tell any more how it would have ended. To be called before {@link #watch}. */
    void endAsLost(String why) {
        lost = Optional.of(JobResult.failed(Cause.LOST, why));
        terminate(LocalProcesses.GRACE_AFTER_LOSS);
    }

    void watch() {
        again(pace.next());
    }

    @Override
    public CompletionStage<JobResult> completion() {
        return completion;
    }

    /**
     * Tells whether this engine has lost the job to another one; then it never completes here.
     *
     * @return true from then on
     */
    public boolean abandoned() {
        return abandoned;
    }

    /**
     * Returns the exit code of the program.
     *
     * @return the code; empty while there is none, and if it is lost
     * @throws IOException if it cannot be read now
     */
    public OptionalInt exitCode() throws IOException {
        return control.start() instanceof ControlDirectory.Start.Recorded recorded
                ? control.exitCode(recorded.identity().marker())
                : OptionalInt.empty();
    }

    @Override
    public void stop(Duration grace) {
        boolean late = completion.isDone() || control.hasEnded();
        if (stop.compareAndSet(Optional.empty(), Optional.of(new StopRequest(grace, late)))) {
            again(Duration.ZERO);
        }
    }

    /** The process goes on by itself; the engine that owns the execution now finds it. */
    @Override
    public boolean leave(Duration grace) {
        abandoned = true;
        return true;
    }

    private void again(Duration delay) {
        long mine = turn.incrementAndGet();
        context.later(delay, () -> look(mine));
    }

    private void look(long mine) {
        // why: a look under way schedules the next one itself; so one that is outdated must not even take the lock
        if (mine != turn.get() || !looking.tryLock()) {
            return;
        }
        Optional<Duration> next;
        try {
            next = abandoned || completion.isDone() ? Optional.empty() : lookSafely();
        } finally {
            looking.unlock();
        }
        // why: scheduled any earlier, it could find this look still under way, and nobody would look ever again
        next.ifPresent(this::again);
    }

    private Optional<Duration> lookSafely() {
        try {
            Optional<Duration> next = step();
            troubledSince = 0;
            return next;
        } catch (LeaseLostException | EngineClosedException e) {
            // why: the job is no longer ours; the engine that owns it now finds it by itself
            abandoned = true;
            return Optional.empty();
        } catch (StorageException e) {
            return e.isTransient() ? Optional.of(RETRY) : giveUp(e);
        } catch (IOException e) {
            return troubled(e);
        } catch (RuntimeException | Error e) {
            return giveUp(e);
        }
    }

    private Optional<Duration> troubled(IOException e) {
        long now = System.nanoTime();
        troubledSince = troubledSince == 0 ? now : troubledSince;
        return now - troubledSince < PATIENCE.toNanos() ? Optional.of(RETRY) : giveUp(e);
    }

    /** The job cannot be served any more. It must not go on running unknown to everyone. */
    private Optional<Duration> giveUp(Throwable e) {
        troubledSince = 0;
        identity = identity.or(this::startedMeanwhile);
        if (failure.isPresent() || identity.isEmpty()) {
            failure.ifPresent(first -> first.addSuppressed(e));
            completion.completeExceptionally(failure.orElse(e));
            return Optional.empty();
        }
        failure = Optional.of(e);
        if (termination.isEmpty()) {
            terminate(LocalProcesses.GRACE_AFTER_LOSS);
        }
        return Optional.of(Duration.ZERO);
    }

    /** Takes care that the job never runs; if it is too late for that, tells who it is. */
    private Optional<Identity> startedMeanwhile() {
        try {
            return !control.abandon() && control.start() instanceof ControlDirectory.Start.Recorded recorded
                    ? Optional.of(recorded.identity())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Does what is next; returns when to look again, or nothing if all is done. */
    private Optional<Duration> step() throws IOException {
        if (failure.isPresent()) {
            if (termination.orElseThrow().step()) {
                completion.completeExceptionally(failure.get());
                return Optional.empty();
            }
            return Optional.of(pace.next());
        }
        if (ending.isEmpty()) {
            ending = identity.isPresent() ? findEnding(identity.get()) : lookForStart();
        }
        long before = tail.position();
        long end = ending.isPresent() ? ending.get().outputSize() : tail.size();
        // why: what is being ended must be over in time, however much it has written
        boolean hurried = stop.get().isPresent() || termination.isPresent();
        long remaining = hurried ? tail.copyHurriedly(end) : tail.copy(end);
        boolean copied = tail.position() != before;
        if (copied) {
            pace.reset();
        }
        if (remaining > 0) {
            return Optional.of(copied ? Duration.ZERO : TOO_FAST);
        }
        if (ending.isPresent()) {
            completion.complete(ending.get().verdict().get());
            return Optional.empty();
        }
        return Optional.of(pace.next());
    }

    private Optional<Ending> lookForStart() throws IOException {
        StartWatch.News news = start.orElseThrow().look(stop.get().isPresent());
        if (news instanceof StartWatch.News.Failed failed) {
            return Optional.of(new Ending(tail.size(), failed::result));
        }
        if (news instanceof StartWatch.News.Started started) {
            identity = Optional.of(started.identity());
            return findEnding(started.identity());
        }
        return Optional.empty();
    }

    private Optional<Ending> findEnding(Identity known) throws IOException {
        OptionalInt code = control.exitCode(known.marker());
        Optional<StopRequest> request = stop.get();
        if (termination.isEmpty() && request.isPresent() && !request.get().late()) {
            control.noteStop(known.marker());
            terminate(request.get().grace());
        }
        if (termination.isPresent()) {
            return termination.get().step() ? Optional.of(ended(known)) : Optional.empty();
        }
        if (code.isPresent()) {
            return Optional.of(ended(known));
        }
        if (launcherIsDead(known)) {
            // why: it may have ended regularly since the exit code was looked for above
            if (control.exitCode(known.marker()).isPresent()) {
                return Optional.of(ended(known));
            }
            launcherVanished = true;
            terminate(LocalProcesses.GRACE_AFTER_LOSS);
        }
        return Optional.empty();
    }

    private void terminate(Duration grace) {
        termination = Optional.of(new Termination(table, identity.orElseThrow(), grace));
        pace.reset();
    }

    private boolean launcherIsDead(Identity known) throws IOException {
        long now = System.nanoTime();
        if (now - lastLifeSign < LIFE_SIGN.toNanos()) {
            return false;
        }
        lastLifeSign = now;
        return !table.exists(known, false);
    }

    private Ending ended(Identity known) throws IOException {
        if (lost.isPresent()) {
            return new Ending(tail.size(), lost::get);
        }
        OptionalInt code = control.exitCode(known.marker());
        boolean stopped = termination.isPresent() || control.stopNoted(known.marker());
        return new Ending(tail.size(), () -> {
            JobResult result = code.isPresent() ? result(known, code.getAsInt()) : withoutExitCode();
            return stopped ? result : result.endedBeforeStop();
        });
    }

    private JobResult result(Identity known, int code) throws IOException {
        if (code != 0) {
            return JobResult.failed(Cause.EXIT_CODE, ExitCode.describe(code));
        }
        try {
            return JobResult.success(new OutputsFile(context::limit).read(control.outputs(known.marker())));
        } catch (OutputsFile.BadOutputException e) {
            return JobResult.failed(Cause.BAD_OUTPUT, e.getMessage());
        }
    }

    private JobResult withoutExitCode() {
        return launcherVanished
                ? JobResult.failed(
                        Cause.LOST, "the job's launcher vanished without leaving an exit code; was it killed?")
                : JobResult.failed(Cause.EXIT_CODE, "killed, as it did not stop within the grace time");
    }
}
