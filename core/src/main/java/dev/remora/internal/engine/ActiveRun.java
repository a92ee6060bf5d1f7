package dev.remora.internal.engine;

import dev.remora.OnClose;
import dev.remora.error.ExecutionStateException;
import dev.remora.event.ExecutionEvent;
import dev.remora.internal.dag.Definition;
import dev.remora.internal.param.RunParameters;
import dev.remora.internal.run.Run;
import dev.remora.internal.run.RunOutput;
import dev.remora.model.Cause;
import dev.remora.model.Content;
import dev.remora.model.Status;
import dev.remora.spi.Command;
import dev.remora.spi.EngineClock;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.JobResult;
import dev.remora.spi.Lease;
import dev.remora.spi.NodeState;
import dev.remora.spi.Submission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An execution that this engine owns: its {@link Run}, its mailbox, and its part in the world. All that touches the run
 * happens while the mailbox is drained; a step takes all letters at hand, starts what there is room for, and hands what
 * changed to the {@link Committer}, with what has to happen once it is stored.
 */
final class ActiveRun implements RunOutput {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveRun.class);
    private static final int MOST_LETTERS = 10_000;

    /** Something that happened to the run. */
    @FunctionalInterface
    private interface Letter {
        void take(long now);
    }

    private final EngineParts parts;
    private final long execId;
    private final Lease lease;
    private final Submission submission;
    private final Prepared prepared;
    private final RunParameters parameters;
    private final Run run;
    private final Mailbox<Letter> mailbox;
    private final Map<Integer, JobAttempt> jobs = new HashMap<>();
    private final List<JobAttempt> unverified = new ArrayList<>(0);
    private final ReadyNodes ready;
    private final LogContext logContext;
    private int running;
    private Effects effects;
    private long stepTime;
    private EngineClock.Alarm alarm = () -> {};
    private long alarmTime = Long.MAX_VALUE;
    private volatile boolean handingOver;
    private volatile boolean dropped;
    private volatile boolean hasLeftJobs;
    private volatile boolean mayHaveFiles;

    ActiveRun(
            EngineParts parts,
            long execId,
            Lease lease,
            Submission submission,
            Prepared prepared,
            RunParameters parameters,
            Run run) {
        this.parts = parts;
        this.execId = execId;
        this.lease = lease;
        this.submission = submission;
        this.prepared = prepared;
        this.parameters = parameters;
        this.run = run;
        logContext = LogContext.of(parts.config().name(), execId);
        effects = new Effects(parts.runningJobs(), parts.metrics());
        mailbox = new Mailbox<>(parts.runThreads(), this::step);
        ready = new ReadyNodes(parts.dispatcher(), submission.options().priority(), mailbox::wake);
    }

    long execId() {
        return execId;
    }

    Lease lease() {
        return lease;
    }

    Submission submission() {
        return submission;
    }

    Definition definition() {
        return prepared.definition();
    }

    /** The files of the package that the definition came in. */
    Map<String, Content> files() {
        return prepared.files();
    }

    /** What the MDC holds while a thread works for this run. */
    LogContext logContext() {
        return logContext;
    }

    boolean isDropped() {
        return dropped;
    }

    /** Begins, or goes on after a take-over. */
    void open() {
        mailbox.post(now -> run.open(now, this));
    }

    /** Begins on the calling thread. */
    void openHere() {
        parts.clock()
                .counted(() -> mailbox.postAndDrain(now -> run.open(now, this)))
                .run();
    }

    /** Takes over what another engine, or this one before a restart, had started. */
    void reattach(int node) {
        mailbox.post(now -> {
            JobAttempt job = new JobAttempt(parts, this, node, run.attempt(node), parameter(node));
            jobs.put(node, job);
            running++;
            job.occupySlot(takeSlotUnasked(node));
            parts.runningJobs().begun();
            job.reattach(run.row(node).token());
        });
    }

    /** A job that runs already has its slot, whether one is free or not; the books show it as soon as one is. */
    private int takeSlotUnasked(int node) {
        return parts.dispatcher().force(pool(node));
    }

    /** The attempt has ended; its slot is free. */
    void ended(JobAttempt job, JobResult result) {
        mailbox.postAndDrain(now -> {
            boolean wasUnverified = jobs.get(job.node()) != job;
            jobs.remove(job.node(), job);
            unverified.remove(job);
            running--;
            ready.free(job.slot());
            effects.over(job);
            if (handingOver && !result.beforeStop()) {
                run.handedOver(job.node(), job.attempt(), now, this);
            } else {
                run.ended(job.node(), job.attempt(), result, now, this);
            }
            if (wasUnverified) {
                tell(new ExecutionEvent.KillVerified(execId, at(), name(job.node()), job.attempt()));
            }
        });
    }

    /** The job of an earlier engine is not to be found. */
    void lost(JobAttempt job) {
        ended(job, JobResult.failed(Cause.LOST, "the job vanished with its engine"));
    }

    void token(int node, int attempt, String token) {
        mailbox.post(now -> run.token(node, attempt, token));
    }

    void appLink(int node, int attempt, String link) {
        mailbox.post(now -> run.appLink(node, attempt, link));
    }

    /**
     * Carries out a command. The future completes with true when what it changed is stored, and with false if this engine
     * stopped acting for the execution before: then the next one must be told.
     */
    CompletableFuture<Boolean> command(Command command) {
        CompletableFuture<Boolean> reply = new CompletableFuture<>();
        mailbox.post(now -> {
            if (run.status().isFinal() && !(command instanceof Command.Kill)) {
                Status status = run.status();
                reply.completeExceptionally(new ExecutionStateException(
                        execId, status, "only an execution that is not final can be paused or resumed"));
                return;
            }
            effects.reply(reply);
            if (command instanceof Command.Kill kill) {
                run.kill(kill.cause(), now, this);
            } else if (command instanceof Command.Pause) {
                run.pause(now, this);
            } else {
                run.resume(now, this);
            }
        });
        return reply;
    }

    /**
     * Stops what runs here, or leaves it running if that is wanted; the next engine runs it again, or finds it. What ends
     * by itself meanwhile is stored as usual.
     */
    void handOver(OnClose running) {
        handingOver = true;
        mailbox.post(now -> jobs.values().forEach(job -> {
            if (running == OnClose.LEAVE) {
                job.leaveToNext();
            } else {
                job.stop();
            }
        }));
    }

    /** A job asks for a directory, or one may have done so before. */
    void usesFiles() {
        mayHaveFiles = true;
    }

    /** Whether there may be directories of the execution. */
    boolean mayHaveFiles() {
        return mayHaveFiles;
    }

    /** A job goes on without this engine. */
    void leftJob() {
        hasLeftJobs = true;
    }

    boolean hasLeftJobs() {
        return hasLeftJobs;
    }

    /**
     * Stops acting for the execution: another engine owns it, or will. What runs here is let go of; what becomes of it is
     * not stored.
     */
    void drop() {
        dropped = true;
        parts.activeRuns().remove(this);
        mailbox.post(now -> {
            alarm.cancel();
            ready.withdraw();
            jobs.values().forEach(JobAttempt::leave);
            unverified.forEach(JobAttempt::leave);
        });
    }

    /** The storage says that another engine owns the execution. If none does, this one gives it up for the next claim. */
    void disown() {
        drop();
        // why: the lease may have run out once more before it was asked for again, and then it still owns this
        parts.strays().suspect();
    }

    /** It cannot go on as it is, for example as the storage refuses what it wants stored; it is taken up anew later. */
    void suspend(Throwable refused) {
        parts.troubles().met(execId, lease, refused, this::drop);
    }

    private void step(Queue<Letter> letters) {
        stepTime = parts.clock().now();
        Map<String, String> outside = logContext.enter();
        try {
            for (int taken = 0; taken < MOST_LETTERS; taken++) {
                Letter letter = letters.poll();
                if (letter == null) {
                    break;
                }
                letter.take(stepTime);
            }
            ready.giveBack();
            if (dropped) {
                effects.abandon();
                effects = new Effects(parts.runningJobs(), parts.metrics());
                return;
            }
            startReady();
            commit();
            setAlarm();
        } catch (RuntimeException | Error broken) {
            effects.abandon();
            suspend(broken);
        } finally {
            logContext.leave(outside);
        }
    }

    private void startReady() {
        if (run.status() == Status.PAUSED || run.status().isFinal()) {
            ready.withdraw();
        } else if (ready.start(parts.config().maxRunningNodesPerExecution() - running, this::start)) {
            run.noSlot(this);
        }
    }

    private boolean start(int node, int pool) {
        if (!run.start(node, stepTime, this)) {
            return false;
        }
        running++;
        JobAttempt job = new JobAttempt(parts, this, node, run.attempt(node), parameter(node));
        job.occupySlot(pool);
        job.ordered(stepTime);
        parts.runningJobs().begun();
        jobs.put(node, job);
        effects.start(job);
        return true;
    }

    private void commit() {
        if (!run.changed() && effects.isEmpty()) {
            return;
        }
        Effects now = effects;
        effects = new Effects(parts.runningJobs(), parts.metrics());
        // why: a command that changes nothing here may come to an engine that has lost the execution without knowing
        boolean asks = now.isAwaited() && !run.status().isFinal();
        Optional<ExecutionChange> change = run.changed() || asks ? Optional.of(run.takeChange()) : Optional.empty();
        if (run.status().isFinal() && change.isPresent()) {
            change = Optional.of(parts.nextRounds().end(this, change.get(), now));
        }
        parts.committer().commit(this, change, now);
    }

    /** Every row that the run has, whether it changed or not. */
    List<NodeState> rows() {
        return IntStream.range(0, definition().size())
                .mapToObj(run::row)
                .filter(row -> row.status() != Status.SKIPPED)
                .toList();
    }

    /** The nodes that take part. */
    BitSet selected() {
        return prepared.selected(submission.options());
    }

    private void setAlarm() {
        long next = run.nextDeadline();
        if (next == alarmTime) {
            return;
        }
        alarm.cancel();
        alarmTime = next;
        alarm = next == Long.MAX_VALUE ? () -> {} : parts.clock().at(next, () -> mailbox.post(this::tick));
    }

    private void tick(long now) {
        alarmTime = Long.MAX_VALUE;
        for (JobAttempt job : jobs.values()) {
            if (!job.isLaunched()) {
                run.awaitsStart(job.node(), job.attempt(), now);
            }
        }
        run.tick(now, this);
    }

    /** A job begins, long after its start came up, as it took until now to store that. */
    void startedLate(JobAttempt job) {
        mailbox.post(now -> run.startedLate(job.node(), job.attempt(), now));
    }

    /** Resolved within the step, as the outputs of other nodes are part of the run. */
    private ResolvedParameter parameter(int node) {
        return ResolvedParameter.of(prepared, node, parameters, run);
    }

    private int pool(int node) {
        return parts.dispatcher().pool(definition().node(node).pool());
    }

    private String name(int node) {
        return definition().dag().name(node);
    }

    private Instant at() {
        return Instant.ofEpochMilli(stepTime);
    }

    private void tell(ExecutionEvent event) {
        if (parts.listeners().any()) {
            effects.tell(event);
        }
    }

    @Override
    public void ready(int node) {
        ready.add(node, pool(node));
    }

    @Override
    public void stop(int node, int attempt) {
        JobAttempt job = jobs.get(node);
        if (job != null && job.attempt() == attempt) {
            effects.stop(job);
        }
    }

    @Override
    public void unverified(int node, int attempt) {
        Optional.ofNullable(jobs.remove(node)).ifPresent(job -> {
            job.endLog();
            unverified.add(job);
        });
        LOG.warn(
                "execution {}: node {} attempt {} was told to stop, and could not be verified gone in time; its slot"
                        + " stays taken until it is",
                execId,
                name(node),
                attempt);
        tell(new ExecutionEvent.KillUnverified(execId, at(), name(node), attempt));
    }

    @Override
    public void nodeChanged(int node, Status from, Status to, Cause cause) {
        if (to.isFinal() && to != Status.SKIPPED) {
            effects.nodeEnded(to);
        }
        // why: made for each node, so not made where nobody hears it
        if (parts.listeners().any()) {
            effects.tell(new ExecutionEvent.NodeChanged(
                    execId, at(), name(node), run.attempt(node), from, to, Optional.ofNullable(cause)));
        }
    }

    @Override
    public void executionChanged(Status from, Status to, Cause cause) {
        tell(new ExecutionEvent.ExecutionChanged(
                execId, at(), submission.project(), submission.workflow(), from, to, Optional.ofNullable(cause)));
    }

    @Override
    public boolean hearsWaiting() {
        return parts.listeners().any();
    }
}
