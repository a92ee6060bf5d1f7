package dev.remora.internal.access;

import dev.remora.Backfills;
import dev.remora.ExecutionQuery;
import dev.remora.LogReader;
import dev.remora.Projects;
import dev.remora.RemoraSession;
import dev.remora.ResourceCatalog;
import dev.remora.Retention;
import dev.remora.Schedules;
import dev.remora.WorkflowCatalog;
import dev.remora.WorkflowExecutor;
import dev.remora.spi.Storage;

/** What one user may see and do of a session. */
public record GuardedSession(
        WorkflowExecutor executor,
        ExecutionQuery query,
        LogReader logs,
        WorkflowCatalog workflows,
        Schedules schedules,
        Backfills backfills,
        ResourceCatalog resources,
        Retention retention,
        Projects projects)
        implements RemoraSession {
    /** Puts a gate in front of a session. */
    public static RemoraSession of(
            RemoraSession whole, ScopedQuery query, ScopedProjects projects, Gate gate, Storage storage) {
        return new GuardedSession(
                new GuardedExecutor(whole.executor(), gate),
                new GuardedQuery(query, gate),
                new GuardedLogs(whole.logs(), gate),
                new GuardedWorkflows(whole.workflows(), gate),
                new GuardedSchedules(whole.schedules(), gate),
                new GuardedBackfills(whole.backfills(), gate),
                new GuardedResources(whole.resources(), gate),
                new GuardedRetention(whole.retention(), gate),
                new GuardedProjects(projects, gate, storage));
    }
}
