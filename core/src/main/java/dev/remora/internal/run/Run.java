package dev.remora.internal.run;

import dev.remora.internal.dag.Definition;
import dev.remora.model.Cause;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.JobResult;
import dev.remora.spi.NodeState;
import java.util.List;

/**
 * One round of one execution: its state and every rule of specification §4 and §5. Plain data; no clock, thread, store
 * or log. Not safe for use by several threads. All times are epoch milliseconds.
 *
 * <p>Life: {@link #open} once; then events in any order; after any of them {@link #nextDeadline} tells when
 * {@link #tick} is due. The caller queues what it hears by {@link RunOutput#ready} and calls {@link #start} when there is
 * room and the execution is not PAUSED; what {@link #start} refuses is dropped.
 */
public final class Run {
    /** Restores a run (or begins one: {@link ExecutionState#accepted} and no rows). */
    public static Run of(Definition definition, RunSettings settings, ExecutionState state, List<NodeState> rows) {
        throw new UnsupportedOperationException();
    }

    /** Begins, or goes on after a take-over: says what is ready, and to stop what was being stopped. */
    public void open(long now, RunOutput out) {}

    /** Says that nothing of the run could start for want of slots: INIT becomes WAITING_RES. */
    public void noSlot(RunOutput out) {}

    /** Starts the next attempt of a ready node. Returns false if it may not start (any more, or while PAUSED). */
    public boolean start(int node, long now, RunOutput out) {
        return false;
    }

    /** The attempt ended, by itself or because it was told to stop. Stale attempts are passed over. */
    public void ended(int node, int attempt, JobResult result, long now, RunOutput out) {}

    /** The job of the attempt vanished with its engine (ruling F31). */
    public void lost(int node, int attempt, long now, RunOutput out) {}

    /** Lets every deadline that is due take effect: back-offs, timeouts, kills that cannot be verified. */
    public void tick(long now, RunOutput out) {}

    /** When {@link #tick} is due next; {@link Long#MAX_VALUE} if nothing waits for time. */
    public long nextDeadline() {
        return Long.MAX_VALUE;
    }

    public void kill(Cause cause, long now, RunOutput out) {}

    public void pause(long now, RunOutput out) {}

    public void resume(long now, RunOutput out) {}

    /** What the execution shows. */
    public Status status() {
        return Status.INIT;
    }

    /** What a node shows. */
    public Status status(int node) {
        return Status.INIT;
    }

    /** The number of a node's last attempt, over all rounds; 0 if there was none. */
    public int attempt(int node) {
        return 0;
    }

    public ExecutionState state() {
        throw new UnsupportedOperationException();
    }

    /** The row of a node as it would be stored now. */
    public NodeState row(int node) {
        throw new UnsupportedOperationException();
    }

    /** Whether anything changed since {@link #takeChange}. */
    public boolean changed() {
        return false;
    }

    /** Returns what changed since the last call: what has to be stored. */
    public ExecutionChange takeChange() {
        throw new UnsupportedOperationException();
    }
}
