package dev.remora.internal.access;

import dev.remora.ExecutionQuery;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.ExecutionPage;
import dev.remora.spi.ProjectScope;

/** A query whose lists can be held to some projects. */
public interface ScopedQuery extends ExecutionQuery {
    ExecutionPage list(ExecutionFilter filter, ProjectScope scope);
}
