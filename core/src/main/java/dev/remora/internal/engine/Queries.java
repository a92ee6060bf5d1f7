package dev.remora.internal.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.Suppliers;
import dev.remora.error.LimitExceededException;
import dev.remora.error.NotFoundException;
import dev.remora.internal.access.ScopedQuery;
import dev.remora.internal.param.RunParameters;
import dev.remora.internal.run.Run;
import dev.remora.model.Execution;
import dev.remora.model.ExecutionCursor;
import dev.remora.model.ExecutionDetail;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.ExecutionPage;
import dev.remora.model.NodeExecution;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.ProjectScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Answers from what is stored. */
final class Queries implements ScopedQuery {
    /** How often the storage is asked for the end of an execution that another engine runs. */
    private static final Duration REMOTE_INTERVAL = Duration.ofMillis(500);

    private final EngineParts parts;

    Queries(EngineParts parts) {
        this.parts = parts;
    }

    @Override
    public Optional<ExecutionDetail> find(long execId) {
        return store().find(execId).map(this::detail);
    }

    private ExecutionDetail detail(ExecutionRecord record) {
        Prepared prepared = parts.definitions().of(record);
        Run run = Activation.run(
                parts.config(),
                record.execId(),
                prepared,
                record.submission().options(),
                record.state(),
                store().nodes(record.execId()));
        Views views = new Views(parts.clock().now());
        // why: a run that could not be made has none that could be worked out, and needs none
        Supplier<Optional<RunParameters>> parameters = Suppliers.memoize(() -> parameters(prepared, record));
        List<NodeExecution> nodes = new ArrayList<>(prepared.definition().size());
        for (int node = 0; node < prepared.definition().size(); node++) {
            nodes.add(views.node(
                    record.execId(),
                    prepared.definition().node(node),
                    run.status(node),
                    run.row(node),
                    resolved(prepared, node, parameters, run)));
        }
        return new ExecutionDetail(
                views.execution(record), nodes, prepared.definition().workflow().userDefParams());
    }

    private static Optional<JsonNode> resolved(
            Prepared prepared, int node, Supplier<Optional<RunParameters>> parameters, Run run) {
        if (run.attempt(node) == 0) {
            return Optional.empty();
        }
        return parameters
                .get()
                .map(known -> ResolvedParameter.of(prepared, node, known, run))
                .filter(resolved -> resolved.problem().isEmpty())
                .map(ResolvedParameter::value);
    }

    private static Optional<RunParameters> parameters(Prepared prepared, ExecutionRecord record) {
        if (record.damage().isPresent()) {
            // why: worked out from what is left of it, they would not be what its jobs were given
            return Optional.empty();
        }
        try {
            return Optional.of(prepared.parameters(record.submission(), OptionalLong.of(record.execId())));
        } catch (LimitExceededException outgrown) {
            // why: it ran in an engine with higher limits; all else of it can be shown
            return Optional.empty();
        }
    }

    @Override
    public ExecutionPage list(ExecutionFilter filter) {
        return list(filter, ProjectScope.everything());
    }

    @Override
    public ExecutionPage list(ExecutionFilter filter, ProjectScope scope) {
        ExecutionStore.StoredPage page = store().list(filter, scope);
        Views views = new Views(parts.clock().now());
        List<ExecutionRecord> shown = page.executions();
        Optional<ExecutionCursor> next = shown.size() < filter.size()
                ? Optional.empty()
                : Optional.of(shown.get(shown.size() - 1).place());
        return new ExecutionPage(
                page.total(), shown.stream().map(views::execution).toList(), next);
    }

    @Override
    public Optional<Execution> await(long execId, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + Nanos.of(timeout);
        while (true) {
            CompletableFuture<Optional<ExecutionRecord>> end =
                    parts.activeRuns().end(execId);
            boolean here = parts.activeRuns().get(execId).isPresent();
            Optional<ExecutionRecord> ended = here ? waitFor(end, deadline - System.nanoTime()) : Optional.empty();
            ExecutionRecord record =
                    ended.or(() -> store().find(execId)).orElseThrow(() -> NotFoundException.execution(execId));
            if (record.state().status().isFinal()) {
                return Optional.of(new Views(parts.clock().now()).execution(record));
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return Optional.empty();
            }
            if (!here) {
                waitFor(new CompletableFuture<>(), Math.min(left, REMOTE_INTERVAL.toNanos()));
            }
        }
    }

    private static Optional<ExecutionRecord> waitFor(CompletableFuture<Optional<ExecutionRecord>> end, long nanos)
            throws InterruptedException {
        try {
            return end.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException notYet) {
            // why: the caller looks at the storage and at its deadline anyway
            return Optional.empty();
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    private ExecutionStore store() {
        return parts.storage().executions();
    }
}
