package dev.remora.internal.access;

import dev.remora.ExecutionQuery;
import dev.remora.model.Execution;
import dev.remora.model.ExecutionDetail;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.ExecutionPage;
import dev.remora.model.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Shows what the user may read, and counts nothing else. */
record GuardedQuery(ScopedQuery query, Gate gate) implements ExecutionQuery {
    @Override
    public Optional<ExecutionDetail> find(long execId) {
        return gate.allowsExecution(Operation.QUERY, execId) ? query.find(execId) : Optional.empty();
    }

    @Override
    public ExecutionPage list(ExecutionFilter filter) {
        if (filter.project().isEmpty()) {
            return query.list(filter, gate.readable());
        }
        return gate.allows(Operation.QUERY, filter.project().get())
                ? query.list(filter)
                : new ExecutionPage(0, List.of(), Optional.empty());
    }

    @Override
    public Optional<Execution> await(long execId, Duration timeout) throws InterruptedException {
        gate.requireExecution(Operation.QUERY, execId);
        return query.await(execId, timeout);
    }
}
