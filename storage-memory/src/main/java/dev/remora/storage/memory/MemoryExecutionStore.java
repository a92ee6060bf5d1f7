package dev.remora.storage.memory;

import dev.remora.model.ExecutionFilter;
import dev.remora.model.SavedWorkflow;
import dev.remora.spi.Command;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.HeldChange;
import dev.remora.spi.Lease;
import dev.remora.spi.NewExecution;
import dev.remora.spi.NodeState;
import dev.remora.spi.ProjectScope;
import dev.remora.spi.StoredCommand;
import dev.remora.spi.Submission;
import dev.remora.spi.TimedFilter;
import dev.remora.spi.WorkflowVersion;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The executions as one handle sees them. */
final class MemoryExecutionStore implements ExecutionStore {
    private final MemoryData data;
    private final MemoryData.Handle handle;
    private final Claims claims;
    private final Commits commits;
    private final Creations creations;

    MemoryExecutionStore(MemoryData data, MemoryData.Handle handle, Claims claims, Creations creations) {
        this.data = data;
        this.handle = handle;
        this.claims = claims;
        this.creations = creations;
        commits = new Commits(data);
    }

    @Override
    public Accepted create(Lease owner, Submission submission) {
        return create(owner, submission, Optional.empty());
    }

    @Override
    public Accepted createUnsaved(Lease owner, Submission submission, SavedWorkflow unsaved) {
        return create(owner, submission, Optional.of(unsaved));
    }

    private Accepted create(Lease owner, Submission submission, Optional<SavedWorkflow> unsaved) {
        Objects.requireNonNull(submission, "submission");
        Optional<MemoryData.RunKey> key =
                submission.options().idempotencyKey().map(text -> new MemoryData.RunKey(submission.project(), text));
        data.ownership.lock();
        try {
            handle.check();
            LeaseTable.Held held = data.leases.standing(owner);
            Optional<ExecutionRow> first = key.map(data.byKey::get);
            if (first.isPresent()) {
                return Accepted.existing(first.get().execId);
            }
            creations.checkRoom(1);
            unsaved.ifPresent(data.catalog::saveUnsaved);
            ExecutionRow row = creations.create(held, NewExecution.ready(submission));
            key.ifPresent(one -> data.byKey.put(one, row));
            creations.evict();
            return Accepted.begun(row.execId);
        } finally {
            data.ownership.unlock();
        }
    }

    @Override
    public boolean changeHeld(Lease owner, List<HeldChange> changes) {
        data.ownership.lock();
        try {
            handle.check();
            LeaseTable.Held held = data.leases.standing(owner);
            boolean expected = creations.allExpected(changes);
            if (expected) {
                creations.applyAll(held, changes);
            }
            return expected;
        } finally {
            data.ownership.unlock();
        }
    }

    @Override
    public List<ExecutionRecord> timed(TimedFilter filter) {
        handle.check();
        return data.timed.find(filter);
    }

    @Override
    public void commit(Lease owner, List<ExecutionChange> changes) {
        handle.check();
        commits.commit(owner, changes);
    }

    @Override
    public Optional<ExecutionRecord> find(long execId) {
        handle.check();
        return Optional.ofNullable(data.rows.get(execId)).map(ExecutionRow::toRecord);
    }

    @Override
    public Optional<ExecutionRecord> findByKey(String project, String key) {
        handle.check();
        return Optional.ofNullable(data.byKey.get(new MemoryData.RunKey(project, key)))
                .map(ExecutionRow::toRecord);
    }

    @Override
    public List<NodeState> nodes(long execId) {
        handle.check();
        ExecutionRow row = data.rows.get(execId);
        return row == null ? List.of() : row.nodes();
    }

    @Override
    public StoredPage list(ExecutionFilter filter, ProjectScope scope) {
        handle.check();
        return data.index.list(filter, data.projects.names(scope));
    }

    @Override
    public List<Long> claim(Lease owner, int limit, Set<WorkflowVersion> passedOver) {
        data.ownership.lock();
        try {
            handle.check();
            return claims.claim(owner, limit, passedOver);
        } finally {
            data.ownership.unlock();
        }
    }

    @Override
    public boolean claimFinal(Lease owner, long execId) {
        data.ownership.lock();
        try {
            handle.check();
            return claims.claimFinal(owner, execId);
        } finally {
            data.ownership.unlock();
        }
    }

    @Override
    public void release(Lease owner, Collection<Long> execIds) {
        data.ownership.lock();
        try {
            handle.check();
            claims.release(owner, execIds);
        } finally {
            data.ownership.unlock();
        }
    }

    @Override
    public void send(long execId, Command command) {
        Objects.requireNonNull(command, "command");
        // why: else a purge could slip in between, and the command would stay for ever
        data.ownership.lock();
        try {
            handle.check();
            if (data.rows.containsKey(execId)) {
                data.commands.add(execId, command);
            }
        } finally {
            data.ownership.unlock();
        }
    }

    @Override
    public List<StoredCommand> commands(Lease owner, int limit) {
        handle.check();
        LeaseTable.Held held = data.leases.find(owner);
        if (held == null || data.commands.isEmpty()) {
            return List.of();
        }
        return data.commands.find(
                execId -> {
                    ExecutionRow row = data.rows.get(execId);
                    return row != null && row.owner() == held;
                },
                limit);
    }

    @Override
    public void done(Collection<Long> ids) {
        handle.check();
        data.commands.remove(ids);
    }
}
