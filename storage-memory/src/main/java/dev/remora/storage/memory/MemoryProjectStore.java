package dev.remora.storage.memory;

import dev.remora.model.AccessRight;
import dev.remora.model.Grant;
import dev.remora.model.Project;
import dev.remora.spi.ProjectScope;
import dev.remora.spi.ProjectStore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The projects as one handle sees them. */
final class MemoryProjectStore implements ProjectStore {
    private final ProjectTable table;
    private final MemoryData.Handle handle;

    MemoryProjectStore(MemoryData data, MemoryData.Handle handle) {
        table = data.projects;
        this.handle = handle;
    }

    @Override
    public Project create(Project project) {
        handle.check();
        return table.create(project);
    }

    @Override
    public Optional<Project> find(String name) {
        handle.check();
        return table.find(name);
    }

    @Override
    public List<Project> list(ProjectScope scope, long from, int size) {
        handle.check();
        return table.list(scope, from, size);
    }

    @Override
    public boolean transfer(String name, String before, String next) {
        handle.check();
        return table.transfer(name, before, Objects.requireNonNull(next, "next"));
    }

    @Override
    public boolean grant(Grant grant) {
        handle.check();
        return table.grant(grant);
    }

    @Override
    public void revoke(String project, String user) {
        handle.check();
        table.revoke(project, user);
    }

    @Override
    public List<Grant> grants(String project, long from, int size) {
        handle.check();
        return table.grants(project, from, size);
    }

    @Override
    public Optional<AccessRight> right(String project, String user) {
        handle.check();
        return table.right(project, user);
    }
}
