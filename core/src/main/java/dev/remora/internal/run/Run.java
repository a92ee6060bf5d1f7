package dev.remora.internal.run;

import dev.remora.internal.dag.Definition;
import dev.remora.internal.dag.IntQueue;
import dev.remora.internal.dag.Reach;
import dev.remora.model.Cause;
import dev.remora.model.FailurePolicy;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.JobResult;
import dev.remora.spi.NodeState;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * One round of one execution: its state and every rule of specification §4 and §5. Plain data; no clock, thread, store
 * or log. Not safe for use by several threads. All times are epoch milliseconds.
 *
 * <p>Life: {@link #open} once; then events in any order; after any of them {@link #nextDeadline} tells when
 * {@link #tick} is due. The caller queues what it hears by {@link RunOutput#ready} and calls {@link #start} when there is
 * room and the execution is not PAUSED; what {@link #start} refuses is dropped. Each event costs O(edges touched), but
 * for those that concern the whole run: the first failure, a kill, the end of its time.
 */
public final class Run {
    private final Definition definition;
    private final RunSettings settings;
    private final Lifecycle life;
    private final NodeTable nodes;
    private final Deadlines deadlines;
    private final Dependencies dependencies;
    private final AttemptEnds ends;

    /** The nodes of this round, among them disabled ones that only let pass. */
    private final BitSet inRound;

    /** Instant nodes that became ready while the run was paused. */
    private IntQueue heldBack = new IntQueue();

    /** Enabled nodes of the round that have not ended. */
    private int unended;

    private boolean policyApplied;

    /** Whether a kill, or the end of its time, is ending the run. */
    private boolean stopping;

    private Run(Definition definition, RunSettings settings, ExecutionState state, List<NodeState> rows) {
        this.definition = definition;
        this.settings = settings;
        life = new Lifecycle(state);
        nodes = new NodeTable(definition.size(), state.round());
        deadlines = new Deadlines(definition.size());
        ends = new AttemptEnds(this, definition, settings.execId(), nodes, deadlines);
        rows.forEach(nodes::load);
        inRound = participants(rows);
        dependencies = new Dependencies(definition, inRound);
        restore();
    }

    /** Restores a run (or begins one: {@link ExecutionState#accepted} and no rows). */
    public static Run of(Definition definition, RunSettings settings, ExecutionState state, List<NodeState> rows) {
        return new Run(definition, settings, state, rows);
    }

    private BitSet participants(List<NodeState> rows) {
        BitSet enabled = new BitSet(definition.size());
        if (life.round() == 1) {
            enabled.or(settings.selected());
        } else {
            rows.stream().filter(row -> row.round() == life.round()).forEach(row -> enabled.set(row.node()));
        }
        enabled.andNot(definition.disabledNodes());
        return Participants.withDisabled(definition, enabled, settings.selected());
    }

    private void restore() {
        for (int node = 0; node < definition.size(); node++) {
            if (!settings.selected().get(node) || definition.disabled(node)) {
                nodes.status(node, Status.SKIPPED);
            }
        }
        for (int node = inRound.nextSetBit(0); node >= 0; node = inRound.nextSetBit(node + 1)) {
            if (definition.disabled(node)) {
                continue;
            }
            if (nodes.status(node).isFinal()) {
                dependencies.ended(node);
                policyApplied |= nodes.status(node) == Status.FAILED;
            } else {
                unended++;
                restoreDeadline(node);
                stopping |= nodes.status(node) == Status.RUNNING && Lifecycle.endsRun(nodes.cause(node));
            }
        }
        dependencies.spread(this, 0, RunOutput.NONE);
    }

    private void restoreDeadline(int node) {
        if (nodes.status(node) == Status.WAITING_RES && nodes.retryAt(node) > 0) {
            deadlines.set(node, nodes.retryAt(node));
        } else if (nodes.status(node) == Status.RUNNING) {
            setTimeout(node, nodes.startedAt(node));
        }
    }

    /** Begins, or goes on after a take-over: says what is ready, and to stop what was being stopped. */
    public void open(long now, RunOutput out) {
        for (int node = inRound.nextSetBit(0); node >= 0; node = inRound.nextSetBit(node + 1)) {
            if (definition.disabled(node)) {
                continue;
            }
            if (isReady(node)) {
                offer(node, now, out);
            } else if (nodes.status(node) == Status.RUNNING && nodes.cause(node) != null) {
                deadlines.set(node, now + settings.stopMillis(definition.forcible(node)));
                out.stop(node, nodes.attempt(node));
            }
        }
        settle(now, out);
    }

    /** Says that nothing of the run could start for want of slots: INIT becomes WAITING_RES. */
    public void noSlot(RunOutput out) {
        if (life.status() == Status.INIT) {
            life.become(Status.WAITING_RES, out);
        }
    }

    /** Starts the next attempt of a ready node. Returns false if it may not start (any more, or while PAUSED). */
    public boolean start(int node, long now, RunOutput out) {
        if (!inRound.get(node) || !isReady(node) || life.status() == Status.PAUSED) {
            return false;
        }
        begin(now, out);
        nodes.begin(node, now);
        nodes.touch(node);
        setTimeout(node, now);
        out.nodeChanged(node, Status.WAITING_RES, Status.RUNNING, null);
        return true;
    }

    /**
     * The start of an attempt is not stored yet, so its job has not begun, and nor has its time. The same holds for the time
     * of a round that began with it.
     */
    public void awaitsStart(int node, int attempt, long now) {
        if (isRunning(node, attempt) && nodes.cause(node) == null) {
            restartClocks(node, now);
        }
    }

    /** The job of an attempt begins only now, as its start took long to store. */
    public void startedLate(int node, int attempt, long now) {
        if (isRunning(node, attempt) && nodes.cause(node) == null) {
            restartClocks(node, now);
            life.keepClock();
            nodes.startedAt(node, now);
            nodes.touch(node);
        }
    }

    private void restartClocks(int node, long now) {
        if (nodes.startedAt(node) == life.roundStartedAt()) {
            life.restartClock(now, settings.timeoutMillis());
        }
        setTimeout(node, now);
    }

    /** The attempt ended, by itself or because it was told to stop. Stale attempts are passed over. */
    public void ended(int node, int attempt, JobResult result, long now, RunOutput out) {
        if (!isRunning(node, attempt)) {
            return;
        }
        ends.ended(node, result, now, out);
        settle(now, out);
    }

    /** The job of the attempt vanished with its engine (ruling F31). */
    public void lost(int node, int attempt, long now, RunOutput out) {
        if (isRunning(node, attempt)) {
            ends.vanished(node, "the job vanished with its engine", now, out);
            settle(now, out);
        }
    }

    /**
     * The attempt was stopped because its engine closes; the next engine runs it again, if the node allows that. Unlike a
     * loss it does not count.
     */
    public void handedOver(int node, int attempt, long now, RunOutput out) {
        if (!isRunning(node, attempt)) {
            return;
        }
        ends.handedOver(node, now, out);
        settle(now, out);
    }

    /** Lets every deadline that is due take effect: back-offs, timeouts, kills that cannot be verified. */
    public void tick(long now, RunOutput out) {
        if (life.timeIsUp(now)) {
            life.decide(Cause.TIMEOUT);
            life.stopClock();
            stopAll(Cause.EXECUTION_TIMEOUT, now, out);
        }
        while (deadlines.earliest() <= now) {
            int node = deadlines.first();
            deadlines.clear(node);
            if (nodes.status(node) == Status.WAITING_RES) {
                out.ready(node);
            } else if (nodes.cause(node) == null) {
                stop(node, Cause.TIMEOUT, now, out);
            } else {
                ends.unverified(node, now, out);
            }
        }
        settle(now, out);
    }

    /** When {@link #tick} is due next; {@link Long#MAX_VALUE} if nothing waits for time. */
    public long nextDeadline() {
        return Math.min(life.deadline(), deadlines.earliest());
    }

    /** Kills the run (F15, F29). Does nothing to one that is final. */
    public void kill(Cause cause, long now, RunOutput out) {
        if (life.status().isFinal()) {
            return;
        }
        life.decide(cause);
        life.stopClock();
        if (life.status() == Status.PAUSED) {
            life.resume(now, out);
        }
        stopAll(cause, now, out);
        settle(now, out);
    }

    /** Pauses the run (F21). Does nothing to one that is final, paused, or being killed. */
    public void pause(long now, RunOutput out) {
        if (!life.status().isFinal() && life.status() != Status.PAUSED && !stopping) {
            life.pause(now, out);
        }
    }

    /** Lets a paused run go on. Does nothing to one that is not paused. */
    public void resume(long now, RunOutput out) {
        if (life.status() != Status.PAUSED) {
            return;
        }
        life.resume(now, out);
        IntQueue released = heldBack;
        heldBack = new IntQueue();
        while (!released.isEmpty()) {
            int node = released.remove();
            if (isReady(node)) {
                offer(node, now, out);
            }
        }
        settle(now, out);
    }

    /** A job wants to be found again by this. */
    public void token(int node, int attempt, String token) {
        if (isRunning(node, attempt)) {
            nodes.token(node, token);
            nodes.touch(node);
        }
    }

    /** A job started a cluster application. */
    public void appLink(int node, int attempt, String link) {
        if (isRunning(node, attempt) && nodes.addLink(node, link)) {
            nodes.touch(node);
        }
    }

    /** What the execution shows. */
    public Status status() {
        return life.status();
    }

    /** What a node shows: waiting states follow from what the others are in (S3). */
    public Status status(int node) {
        Status stored = nodes.status(node);
        if (life.status().isFinal() && !stored.isFinal()) {
            // why: an execution that could not be processed ends whatever its nodes are in, and one that never started
            // has no rows of its own
            return life.status() == Status.DEP_FAILED ? Status.DEP_FAILED : Status.KILL;
        }
        if (stored != Status.INIT || !life.hasStarted()) {
            return stored;
        }
        return dependencies.met(node) ? Status.WAITING_RES : Status.WAITING_DEP;
    }

    /** The number of a node's last attempt, over all rounds; 0 if there was none. */
    public int attempt(int node) {
        return nodes.attempt(node);
    }

    public ExecutionState state() {
        return life.state();
    }

    /** The row of a node as it would be stored now. */
    public NodeState row(int node) {
        return nodes.row(node);
    }

    /** Whether anything changed since {@link #takeChange}. */
    public boolean changed() {
        return life.hasChanged() || nodes.hasChanges();
    }

    /** Returns what changed since the last call: what has to be stored. */
    public ExecutionChange takeChange() {
        boolean changesState = life.hasChanged();
        return new ExecutionChange(
                settings.execId(), life.takeState(), changesState, nodes.takeChanges(), false, Optional.empty());
    }

    private boolean isRunning(int node, int attempt) {
        return nodes.status(node) == Status.RUNNING && nodes.attempt(node) == attempt;
    }

    private boolean isReady(int node) {
        Status status = nodes.status(node);
        return status == Status.INIT ? dependencies.met(node) : status == Status.WAITING_RES && !deadlines.has(node);
    }

    private void setTimeout(int node, long startedAt) {
        long limit = definition.timeoutMillis(node);
        if (limit > 0) {
            deadlines.set(node, startedAt + limit);
        }
    }

    /** The first node of the round starts: from now on nodes show what they wait for. */
    private void begin(long now, RunOutput out) {
        if (!life.begin(now, settings.timeoutMillis(), out) || !out.hearsWaiting()) {
            return;
        }
        for (int node = inRound.nextSetBit(0); node >= 0; node = inRound.nextSetBit(node + 1)) {
            if (nodes.status(node) == Status.INIT) {
                out.nodeChanged(node, Status.INIT, status(node), null);
            }
        }
    }

    /** A node may start: instant ones do so, and end, at once. */
    private void offer(int node, long now, RunOutput out) {
        if (!definition.instant(node)) {
            out.ready(node);
        } else if (life.status() == Status.PAUSED) {
            heldBack.add(node);
        } else {
            begin(now, out);
            nodes.begin(node, now);
            out.nodeChanged(node, Status.WAITING_RES, Status.RUNNING, null);
            finish(node, Status.SUCCESS, null, "", now, out);
        }
    }

    /** A node has its end. */
    void finish(int node, Status status, Cause cause, String message, long now, RunOutput out) {
        Status before = status(node);
        deadlines.clear(node);
        nodes.end(node, status, cause, message, now);
        nodes.touch(node);
        unended--;
        dependencies.ended(node);
        out.nodeChanged(node, before, status, cause);
        if (status == Status.FAILED) {
            life.decide(cause);
            applyPolicy(node, now, out);
        }
    }

    /** Marks at once what the failure keeps from starting, and stops what it stops (F1, F4, F5, F9, F12). */
    private void applyPolicy(int failed, long now, RunOutput out) {
        if (policyApplied || settings.policy() == FailurePolicy.CONTINUE) {
            return;
        }
        policyApplied = true;
        BitSet origin = new BitSet();
        origin.set(failed);
        BitSet descendants = Reach.from(definition.dag().successors(), definition.size(), origin, inRound);
        for (int node = inRound.nextSetBit(0); node >= 0; node = inRound.nextSetBit(node + 1)) {
            if (definition.allDone(node) || definition.disabled(node)) {
                continue;
            }
            Status status = nodes.status(node);
            if (status == Status.INIT && descendants.get(node)) {
                finish(node, Status.DEP_FAILED, null, "", now, out);
            } else if (status == Status.INIT || settings.policy() == FailurePolicy.END) {
                stop(node, Cause.POLICY, now, out);
            }
        }
    }

    private void stopAll(Cause cause, long now, RunOutput out) {
        stopping = true;
        for (int node = inRound.nextSetBit(0); node >= 0; node = inRound.nextSetBit(node + 1)) {
            stop(node, cause, now, out);
        }
    }

    /** Ends a node that does not run, asks one that runs to stop; passes over one that has ended. */
    private void stop(int node, Cause cause, long now, RunOutput out) {
        switch (nodes.status(node)) {
            case INIT, WAITING_RES -> finish(node, Status.KILL, cause, "", now, out);
            case RUNNING -> {
                Cause before = nodes.cause(node);
                boolean retried =
                        nodes.failures(node) + 1 < definition.retry(node).maxAttempts();
                if (before == null || before == Cause.TIMEOUT && retried) {
                    nodes.cause(node, cause);
                    nodes.touch(node);
                }
                if (before == null) {
                    deadlines.set(node, now + settings.stopMillis(definition.forcible(node)));
                    out.stop(node, nodes.attempt(node));
                }
            }
            default -> {}
        }
    }

    /** Lets ends reach what depends on them, and ends the round when nothing is left. */
    private void settle(long now, RunOutput out) {
        dependencies.spread(this, now, out);
        if (unended == 0 && !life.status().isFinal()) {
            Outcome outcome = Outcome.of(nodes, settings.selected(), inRound, life.cause());
            life.end(outcome.status(), outcome.cause(), now, out);
        }
    }

    /** Whether an enabled node that has ended has succeeded. */
    boolean hasSucceeded(int node) {
        return nodes.status(node) == Status.SUCCESS;
    }

    /** A dependency of an enabled node that needs them all is known not to succeed. */
    void doom(int node, long now, RunOutput out) {
        if (nodes.status(node) == Status.INIT) {
            finish(node, Status.DEP_FAILED, null, "", now, out);
        }
    }

    /** The last dependency of an enabled node has ended. */
    void release(int node, long now, RunOutput out) {
        if (nodes.status(node) != Status.INIT || out == RunOutput.NONE) {
            return;
        }
        if (life.hasStarted() && out.hearsWaiting()) {
            out.nodeChanged(node, Status.WAITING_DEP, Status.WAITING_RES, null);
        }
        offer(node, now, out);
    }
}
