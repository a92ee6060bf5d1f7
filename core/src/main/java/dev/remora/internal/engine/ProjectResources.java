package dev.remora.internal.engine;

import dev.remora.ResourceCatalog;
import dev.remora.error.NotFoundException;
import dev.remora.error.Problem;
import dev.remora.error.ValidationException;
import dev.remora.internal.definition.Names;
import dev.remora.internal.resource.ResourcePath;
import dev.remora.internal.resource.Resources;
import dev.remora.model.ProjectResource;
import dev.remora.spi.ResourceStore;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The resources of projects, on behalf of one user. */
final class ProjectResources implements ResourceCatalog {
    private final Engine engine;
    private final String user;

    ProjectResources(Engine engine, String user) {
        this.engine = engine;
        this.user = user;
    }

    @Override
    public ProjectResource put(String project, String path, InputStream bytes) {
        engine.requireOpen();
        List<Problem> problems = new ArrayList<>();
        Names.project(project).ifPresent(problems::add);
        ResourcePath.problem(path).ifPresent(wrong -> problems.add(new Problem("path", wrong)));
        if (!problems.isEmpty()) {
            throw new ValidationException("resource", problems);
        }
        return resources().put(project, ResourcePath.normal(path), bytes, user, engine.now());
    }

    @Override
    public Optional<ProjectResource> find(String project, String path) {
        return store().find(project, ResourcePath.normal(path));
    }

    @Override
    public InputStream get(String project, String path) {
        return resources()
                .open(find(project, path)
                        .orElseThrow(() -> NotFoundException.resource(project, path))
                        .content());
    }

    @Override
    public List<ProjectResource> list(String project, long from, int size) {
        Pages.check("resource list", from, size);
        return store().list(project, from, size);
    }

    @Override
    public void delete(String project, String path) {
        engine.requireOpen();
        if (!store().delete(project, ResourcePath.normal(path))) {
            throw NotFoundException.resource(project, path);
        }
    }

    private Resources resources() {
        return engine.parts().resources();
    }

    private ResourceStore store() {
        return resources().store();
    }
}
