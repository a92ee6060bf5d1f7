package dev.remora.testkit;

import dev.remora.model.SavedWorkflow;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.ExecutionStore.Accepted;
import dev.remora.spi.Lease;
import dev.remora.spi.Storage;
import dev.remora.spi.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A storage on top of one that numbers executions without gaps, whose submissions can be part of a transaction: they are
 * kept back until it commits. For one thread that submits, and one transaction.
 */
final class CallersTransaction {
    private record Kept(long execId, Submission submission, Optional<SavedWorkflow> unsaved) {
        ExecutionRecord toRecord() {
            return new ExecutionRecord(execId, submission, ExecutionState.accepted(submission.version()));
        }
    }

    private final Storage beneath;
    private final List<Kept> kept = new ArrayList<>();
    private volatile Thread bound;
    private long lastExecId;

    /**
     * @param beneath the storage
     * @param lastExecId the number of its last execution; nobody else may create one before the transaction is over
     */
    CallersTransaction(Storage beneath, long lastExecId) {
        this.beneath = beneath;
        this.lastExecId = lastExecId;
    }

    /** A handle whose calls, on the thread that is bound, are part of the transaction. */
    Storage storage(Storage handle) {
        return new InterceptedStorage(handle, handle.commitsInline(), (method, arguments, call) -> {
            if (Thread.currentThread() != bound || method.getDeclaringClass() != ExecutionStore.class) {
                return call.make();
            }
            return switch (method.getName()) {
                case "create" -> create((Submission) arguments.get(1), Optional.empty());
                case "createUnsaved" ->
                    create((Submission) arguments.get(1), Optional.of((SavedWorkflow) arguments.get(2)));
                case "find" ->
                    found((Long) arguments.get(0)).or(() -> beneath.executions().find((Long) arguments.get(0)));
                default -> call.make();
            };
        });
    }

    private Optional<ExecutionRecord> found(long execId) {
        return kept.stream()
                .filter(one -> one.execId() == execId)
                .map(Kept::toRecord)
                .findFirst();
    }

    private Accepted create(Submission submission, Optional<SavedWorkflow> unsaved) {
        Optional<Kept> first = kept.stream()
                .filter(one -> submission.options().idempotencyKey().isPresent()
                        && one.submission()
                                .options()
                                .idempotencyKey()
                                .equals(submission.options().idempotencyKey()))
                .findFirst();
        if (first.isPresent()) {
            return Accepted.existing(first.get().execId());
        }
        kept.add(new Kept(++lastExecId, submission, unsaved));
        return Accepted.uncommitted(lastExecId);
    }

    /** Makes the submissions of some work, on this thread, part of the transaction. */
    void include(Runnable submissions) {
        bound = Thread.currentThread();
        try {
            submissions.run();
        } finally {
            bound = null;
        }
    }

    void commit() {
        Lease lease = beneath.engines().register("transaction", Duration.ofHours(1));
        for (Kept one : kept) {
            Accepted accepted = one.unsaved()
                    .map(unsaved -> beneath.executions().createUnsaved(lease, one.submission(), unsaved))
                    .orElseGet(() -> beneath.executions().create(lease, one.submission()));
            if (accepted.execId() != one.execId()) {
                throw new AssertionError("execution " + one.execId() + " has become " + accepted);
            }
        }
        beneath.engines().release(lease);
    }
}
