package dev.remora.storage.memory;

import dev.remora.model.Content;
import dev.remora.model.ProjectResource;
import dev.remora.spi.ResourceStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The contents and resources as one handle sees them. */
final class MemoryResourceStore implements ResourceStore {
    private final ContentTable contents;
    private final ResourceTable resources;
    private final MemoryData.Handle handle;

    MemoryResourceStore(MemoryData data, MemoryData.Handle handle) {
        contents = data.contents;
        resources = data.resources;
        this.handle = handle;
    }

    @Override
    public Set<Content> missing(Collection<Content> wanted) {
        handle.check();
        return contents.missing(wanted);
    }

    @Override
    public void append(Content content, int chunk, byte[] bytes) {
        handle.check();
        contents.append(content, chunk, bytes);
    }

    @Override
    public Optional<byte[]> read(Content content, int chunk) {
        handle.check();
        return contents.read(content, chunk);
    }

    @Override
    public void discard(Collection<Content> unwanted) {
        handle.check();
        contents.discard(unwanted);
    }

    @Override
    public ProjectResource put(String project, String path, Content content, String user, Instant now) {
        handle.check();
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(path, "path");
        ProjectResource resource = new ProjectResource(project, path, content, user, now);
        resources.put(resource);
        return resource;
    }

    @Override
    public Optional<ProjectResource> find(String project, String path) {
        handle.check();
        return resources.find(project, path);
    }

    @Override
    public List<ProjectResource> list(String project, long from, int size) {
        handle.check();
        return resources.list(project, from, size);
    }

    @Override
    public boolean delete(String project, String path) {
        handle.check();
        return resources.delete(project, path);
    }
}
