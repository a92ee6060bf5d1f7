package dev.remora.internal.access;

import dev.remora.ResourceCatalog;
import dev.remora.error.NotFoundException;
import dev.remora.model.Operation;
import dev.remora.model.ProjectResource;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The resources, as far as the user may read and change them. */
record GuardedResources(ResourceCatalog resources, Gate gate) implements ResourceCatalog {
    @Override
    public ProjectResource put(String project, String path, InputStream bytes) {
        gate.require(Operation.SAVE_RESOURCE, project);
        return resources.put(project, path, bytes);
    }

    @Override
    public Optional<ProjectResource> find(String project, String path) {
        return gate.allows(Operation.READ_RESOURCE, project) ? resources.find(project, path) : Optional.empty();
    }

    @Override
    public InputStream get(String project, String path) {
        if (!gate.allows(Operation.READ_RESOURCE, project)) {
            throw NotFoundException.resource(project, path);
        }
        return resources.get(project, path);
    }

    @Override
    public List<ProjectResource> list(String project, long from, int size) {
        return gate.allows(Operation.READ_RESOURCE, project) ? resources.list(project, from, size) : List.of();
    }

    @Override
    public void delete(String project, String path) {
        gate.require(Operation.DELETE_RESOURCE, project);
        resources.delete(project, path);
    }
}
