package dev.remora.internal.access;

import dev.remora.error.AccessDeniedException;
import dev.remora.error.NotFoundException;
import dev.remora.model.AccessRight;
import dev.remora.model.JobId;
import dev.remora.model.Operation;
import dev.remora.spi.AccessPolicy;
import dev.remora.spi.ProjectScope;
import dev.remora.spi.Storage;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where every operation of one user is allowed or refused. What the user may not read is, to this user, not there; what the
 * user may read but not do is refused.
 */
public final class Gate {
    private final AccessPolicy policy;
    private final Storage storage;
    private final String user;

    public Gate(AccessPolicy policy, Storage storage, String user) {
        this.policy = policy;
        this.storage = storage;
        this.user = user;
    }

    /** Tells whether the user may do something in a project. */
    boolean allows(Operation operation, String project) {
        return right(project).filter(has -> has.includes(operation.right())).isPresent();
    }

    /** Throws if the user may not do something in a project, whether it exists or not. */
    void require(Operation operation, String project) {
        if (!allows(operation, project)) {
            throw new AccessDeniedException(user, operation, project);
        }
    }

    /** Tells whether an execution is there, for this user and this operation. */
    boolean allowsExecution(Operation operation, long execId) {
        return projectOf(execId).filter(project -> allows(operation, project)).isPresent();
    }

    /** Throws if an execution is not there for this user, or the user may not do this with it. */
    void requireExecution(Operation operation, long execId) {
        require(operation, projectOf(execId), () -> NotFoundException.execution(execId));
    }

    /** Throws if a job is not there for this user. */
    void requireJob(Operation operation, String jobId) {
        Optional<String> project = JobId.parse(jobId).flatMap(job -> projectOf(job.execId()));
        require(operation, project, () -> NotFoundException.job(jobId));
    }

    /** Tells whether a backfill is there, for this user and this operation. */
    boolean allowsBackfill(Operation operation, long id) {
        return projectOfBackfill(id)
                .filter(project -> allows(operation, project))
                .isPresent();
    }

    /** Throws if a backfill is not there for this user, or the user may not do this with it. */
    void requireBackfill(Operation operation, long id) {
        require(operation, projectOfBackfill(id), () -> NotFoundException.backfill(id));
    }

    /** The projects that lists may show something of. */
    ProjectScope readable() {
        return policy.readable(user, storage.projects());
    }

    private void require(Operation operation, Optional<String> project, Supplier<NotFoundException> absent) {
        Optional<AccessRight> has = project.flatMap(this::right);
        if (has.isEmpty()) {
            throw absent.get();
        }
        if (!has.get().includes(operation.right())) {
            throw new AccessDeniedException(user, operation, project.orElseThrow());
        }
    }

    private Optional<AccessRight> right(String project) {
        return policy.right(user, project, storage.projects());
    }

    private Optional<String> projectOf(long execId) {
        return storage.executions()
                .find(execId)
                .map(record -> record.submission().project());
    }

    private Optional<String> projectOfBackfill(long id) {
        return storage.backfills().find(id).map(record -> record.request().project());
    }
}
