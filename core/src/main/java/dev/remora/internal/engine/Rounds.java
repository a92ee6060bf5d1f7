package dev.remora.internal.engine;

import dev.remora.error.ExecutionStateException;
import dev.remora.error.NotFoundException;
import dev.remora.internal.run.Rerun;
import dev.remora.model.RerunRequest;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.HeldChange;
import dev.remora.spi.Lease;
import dev.remora.spi.Submission;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.stream.Stream;

/** Opens new rounds of finished executions. */
final class Rounds {
    private static final int STRIPES = 64;

    private final EngineParts parts;
    private final RowCommands rowCommands;
    private final List<Lock> locks;

    Rounds(EngineParts parts, RowCommands rowCommands) {
        this.rowCommands = rowCommands;
        this.parts = parts;
        locks = Stream.generate(() -> parts.threads().lock().writeLock())
                .limit(STRIPES)
                .toList();
    }

    void open(RerunRequest request) {
        Lock lock = locks.get(Math.floorMod(request.execId(), STRIPES));
        lock.lock();
        try {
            // why: worked out before anything is claimed, so that a request that does not fit changes nothing
            work(request);
            // why: while an end that is stored has yet to reach this engine, it may be stored once more
            parts.activeRuns().awaitSettled(request.execId());
            parts.strays().whileAdopting(() -> parts.ownership().withLease(lease -> openLocked(request, lease)));
        } finally {
            lock.unlock();
        }
    }

    private boolean openLocked(RerunRequest request, Lease lease) {
        if (!store().claimFinal(lease, request.execId())) {
            throw new ExecutionStateException(
                    request.execId(), record(request.execId()).state().status(), "it changed meanwhile; look again");
        }
        rowCommands.forget(lease, request.execId());
        ExecutionRecord record = record(request.execId());
        ExecutionChange change = work(request);
        Submission submission = record.submission();
        if (record.state().status() == Status.DEP_FAILED
                && !submission.occasion().waits().isEmpty()) {
            waitAgain(lease, submission, change);
            return true;
        }
        store().commit(lease, List.of(change));
        parts.activation().begin(request.execId(), lease, record.submission(), change.state(), change.nodes());
        return true;
    }

    /** What it waited for did not come; the new round waits for it once more (F44). */
    private void waitAgain(Lease lease, Submission submission, ExecutionChange change) {
        long limit = submission.occasion().waitTimeout().orElseThrow().toMillis();
        ExecutionState waiting =
                change.state().held(Status.WAITING_DEP, 0, parts.clock().now() + limit);
        store().commit(
                        lease,
                        List.of(new ExecutionChange(change.execId(), waiting, change.nodes(), change.replacesNodes())));
        // why: the thread of the waits may have seen it and begun with it already; then it must not be given up
        store().changeHeld(lease, List.of(new HeldChange(change.execId(), waiting, waiting, Optional.empty())));
        parts.time().waiting(new ExecutionRecord(change.execId(), submission, waiting));
    }

    private ExecutionChange work(RerunRequest request) {
        ExecutionRecord record = record(request.execId());
        Submission submission = record.submission();
        Prepared before = parts.definitions().of(record);
        int version = record.state().version();
        Prepared after = before;
        if (request.latestDefinition()) {
            SavedWorkflow latest = parts.storage()
                    .workflows()
                    .latest(submission.project(), submission.workflow())
                    .orElseThrow(() -> NotFoundException.workflow(submission.project(), submission.workflow()));
            version = latest.version();
            after = parts.definitions().of(latest);
        }
        ExecutionChange change = Rerun.open(
                request.execId(),
                request,
                before.definition(),
                after.definition(),
                version,
                after.selected(submission.options()),
                record.state(),
                store().nodes(request.execId()));
        // why: also without a new definition, as a run that could not be made cannot be made again (P17)
        after.check(
                submission.options(),
                submission.scheduleTime(),
                submission.occasion().zone());
        return change;
    }

    private ExecutionRecord record(long execId) {
        return store().find(execId)
                .orElseThrow(() -> NotFoundException.execution(execId))
                .requireWhole();
    }

    private ExecutionStore store() {
        return parts.storage().executions();
    }
}
