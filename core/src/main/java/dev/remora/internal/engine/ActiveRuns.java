package dev.remora.internal.engine;

import dev.remora.error.WaitTimeoutException;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The executions that this engine owns, and who waits for them to end. */
final class ActiveRuns {
    private final EngineParts parts;
    private final Map<Long, ActiveRun> runs = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<Optional<ExecutionRecord>>> ends = new ConcurrentHashMap<>();

    ActiveRuns(EngineParts parts) {
        this.parts = parts;
    }

    void add(ActiveRun run) {
        runs.put(run.execId(), run);
    }

    Optional<ActiveRun> get(long execId) {
        return Optional.ofNullable(runs.get(execId));
    }

    Collection<ActiveRun> all() {
        return runs.values();
    }

    int size() {
        return runs.size();
    }

    void remove(ActiveRun run) {
        runs.remove(run.execId(), run);
        parts.workFiles().forget(run.execId());
        wakeWaiters(run.execId(), Optional.empty());
    }

    int awaitedEnds() {
        return ends.size();
    }

    /** The final state of the run is stored. */
    void finished(ActiveRun run, ExecutionState end) {
        Status status = end.status();
        parts.metrics().executionEnded(status);
        parts.troubles().over(run.execId());
        runs.remove(run.execId(), run);
        parts.workFiles().forget(run.execId());
        if (run.mayHaveFiles()) {
            parts.jobThreads()
                    .execute(() -> parts.directories()
                            .executionEnded(run.execId(), status, () -> runs.containsKey(run.execId())));
        }
        wakeWaiters(run.execId(), Optional.of(new ExecutionRecord(run.execId(), run.submission(), end)));
        parts.time().ended(run.submission());
    }

    /**
     * Completes when the run is not active here any more: with its end, or with nothing if whoever waits must look at the
     * storage again.
     */
    CompletableFuture<Optional<ExecutionRecord>> end(long execId) {
        CompletableFuture<Optional<ExecutionRecord>> end =
                ends.computeIfAbsent(execId, id -> new CompletableFuture<>());
        if (!runs.containsKey(execId)) {
            wakeWaiters(execId, Optional.empty());
        }
        return end;
    }

    /**
     * Waits until a run whose end is stored is not active here any more. Does nothing to one that goes on.
     *
     * @throws WaitTimeoutException if that takes too long
     */
    void awaitSettled(long execId) {
        if (!runs.containsKey(execId)) {
            return;
        }
        boolean ended = parts.storage()
                .executions()
                .find(execId)
                .filter(record -> record.state().status().isFinal())
                .isPresent();
        if (ended) {
            Waits.await(parts.threads(), end(execId), "the end of execution " + execId);
        }
    }

    private void wakeWaiters(long execId, Optional<ExecutionRecord> how) {
        CompletableFuture<Optional<ExecutionRecord>> end = ends.remove(execId);
        if (end != null) {
            end.complete(how);
        }
    }
}
