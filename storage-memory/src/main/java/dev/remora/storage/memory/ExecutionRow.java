package dev.remora.storage.memory;

import dev.remora.error.LeaseLostException;
import dev.remora.error.StorageException;
import dev.remora.model.ExecutionCursor;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.Lease;
import dev.remora.spi.LogChunk;
import dev.remora.spi.NodeState;
import dev.remora.spi.Submission;
import dev.remora.spi.WorkflowVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** One execution. Its state, nodes and owner change under {@link #lock}; state and owner are read without it. */
final class ExecutionRow {
    private static final NodeState[] NO_NODES = {};
    private static final int SMALLEST = 8;

    final long execId;
    final Submission submission;
    final JobLogs logs;
    final ReentrantLock lock = new ReentrantLock();

    /** The place in {@link ExecutionIndex}, which guards it. */
    long sortTime;

    private volatile ExecutionState state;
    private volatile LeaseTable.Held owner;
    private NodeState[] nodes = NO_NODES;
    private int nodeCount;

    ExecutionRow(long execId, Submission submission, ExecutionState state, LeaseTable.Held owner, JobLogs logs) {
        this.execId = execId;
        this.submission = submission;
        this.owner = owner;
        this.logs = logs;
        this.state = state;
    }

    /** A row that is nothing but a place in {@link ExecutionIndex}. */
    static ExecutionRow at(ExecutionCursor place) {
        ExecutionRow row = new ExecutionRow(place.execId(), null, null, null, null);
        row.sortTime = place.time();
        return row;
    }

    ExecutionState state() {
        return state;
    }

    /** Whether an engine has to act for it. */
    boolean wantsOwner() {
        return !isFinal() && !state.held();
    }

    /** Changes the state, and nothing else. Needs the lock. */
    void become(ExecutionState next) {
        state = next;
    }

    boolean isFinal() {
        return state.status().isFinal();
    }

    ExecutionRecord toRecord() {
        return new ExecutionRecord(execId, submission, state);
    }

    /** Returns the definition that its current round uses. */
    WorkflowVersion version() {
        return new WorkflowVersion(submission.project(), submission.workflow(), state.version());
    }

    /** Returns the lease that owns it, perhaps a lost one, or null. */
    LeaseTable.Held owner() {
        return owner;
    }

    /** Changes the owner; null for none. Needs the ownership lock of the data as well. */
    void own(LeaseTable.Held newOwner) {
        lock.lock();
        try {
            owner = newOwner;
        } finally {
            lock.unlock();
        }
    }

    private void requireOwner(LeaseTable.Held lease) {
        if (owner != lease) {
            throw notOwned(execId);
        }
    }

    /** Appends to a log, unless another lease owns the execution. */
    void append(LeaseTable leases, Lease lease, LogChunk chunk) {
        lock.lock();
        try {
            LeaseTable.Held held = leases.standing(lease);
            if (!isFinal()) {
                requireOwner(held);
            }
            logs.forWriting(chunk.job()).append(chunk);
        } finally {
            lock.unlock();
        }
    }

    /** Checks a change and makes room for it, so that {@link #apply} cannot fail. */
    void prepare(LeaseTable.Held lease, ExecutionChange change) {
        requireOwner(lease);
        int highest = -1;
        for (NodeState node : change.nodes()) {
            if (node.node() < 0) {
                throw new StorageException("execution " + execId + ": node " + node.node() + " is negative", false);
            }
            highest = Math.max(highest, node.node());
        }
        if (highest >= nodes.length) {
            long grown = Math.max(highest + 1L, Math.max(SMALLEST, nodes.length + (nodes.length >> 1)));
            nodes = Arrays.copyOf(nodes, (int) Math.min(grown, Integer.MAX_VALUE - 8));
        }
    }

    void apply(ExecutionChange change) {
        if (change.replacesNodes()) {
            Arrays.fill(nodes, null);
            nodeCount = 0;
        }
        for (NodeState node : change.nodes()) {
            if (nodes[node.node()] == null) {
                nodeCount++;
            }
            nodes[node.node()] = node;
        }
        // why: last, so that who sees an execution final finds its nodes as they ended
        state = change.state();
    }

    int nodeCount() {
        lock.lock();
        try {
            return nodeCount;
        } finally {
            lock.unlock();
        }
    }

    List<NodeState> nodes() {
        lock.lock();
        try {
            List<NodeState> rows = new ArrayList<>(nodeCount);
            for (NodeState node : nodes) {
                if (node != null) {
                    rows.add(node);
                }
            }
            return rows;
        } finally {
            lock.unlock();
        }
    }

    static LeaseLostException notOwned(long execId) {
        return new LeaseLostException("execution " + execId + " is not owned by this engine; nothing was written");
    }
}
