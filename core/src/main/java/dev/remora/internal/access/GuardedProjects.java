package dev.remora.internal.access;

import dev.remora.Projects;
import dev.remora.error.NotFoundException;
import dev.remora.error.ProjectExistsException;
import dev.remora.model.AccessRight;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.Grant;
import dev.remora.model.Operation;
import dev.remora.model.Project;
import dev.remora.spi.Storage;
import java.util.List;
import java.util.Optional;

/** The projects that the user may read; the owner grants. */
record GuardedProjects(ScopedProjects projects, Gate gate, Storage storage) implements Projects {
    @Override
    public Project create(String project) {
        // why: what was there before rights were asked for must not fall to whoever comes first
        if (storage.projects().find(project).isEmpty()
                && !gate.allows(Operation.TRANSFER, project)
                && isInUse(project)) {
            throw new ProjectExistsException(project);
        }
        return projects.create(project);
    }

    private boolean isInUse(String project) {
        ExecutionFilter one = ExecutionFilter.builder().project(project).size(1).build();
        return !storage.workflows().list(project, 0, 1).isEmpty()
                || !storage.resources().list(project, 0, 1).isEmpty()
                || !storage.schedules().list(project, 0, 1).isEmpty()
                || !storage.backfills().list(project, 0, 1).isEmpty()
                || storage.executions().list(one).total() > 0;
    }

    @Override
    public Optional<Project> find(String project) {
        return gate.allows(Operation.READ_PROJECT, project) ? projects.find(project) : Optional.empty();
    }

    @Override
    public List<Project> list(long from, int size) {
        return projects.list(gate.readable(), from, size);
    }

    @Override
    public void grant(String project, String user, AccessRight right) {
        gate.require(Operation.GRANT, project);
        projects.grant(project, user, right);
    }

    @Override
    public void revoke(String project, String user) {
        gate.require(Operation.GRANT, project);
        projects.revoke(project, user);
    }

    @Override
    public List<Grant> grants(String project, long from, int size) {
        gate.require(Operation.READ_GRANTS, project);
        return projects.grants(project, from, size);
    }

    @Override
    public void transfer(String project, String user) {
        // why: looked at before the right is, so that who is the owner no more cannot hand it over
        Optional<Project> before = storage.projects().find(project);
        gate.require(Operation.TRANSFER, project);
        projects.transfer(before.orElseThrow(() -> NotFoundException.project(project)), user);
    }
}
