package dev.remora.internal.engine;

import dev.remora.error.NotFoundException;
import dev.remora.error.Problem;
import dev.remora.error.ProjectExistsException;
import dev.remora.error.StorageException;
import dev.remora.error.ValidationException;
import dev.remora.internal.access.ScopedProjects;
import dev.remora.internal.definition.Names;
import dev.remora.internal.problem.Quote;
import dev.remora.model.AccessRight;
import dev.remora.model.Grant;
import dev.remora.model.Project;
import dev.remora.spi.ProjectScope;
import dev.remora.spi.ProjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The projects, on behalf of one user. */
final class ProjectCatalog implements ScopedProjects {
    private final Engine engine;
    private final String user;

    ProjectCatalog(Engine engine, String user) {
        this.engine = engine;
        this.user = user;
    }

    @Override
    public Project create(String project) {
        engine.requireOpen();
        List<Problem> problems = new ArrayList<>();
        Names.project(project).ifPresent(problems::add);
        checkUser(user, problems);
        throwIfAny(problems);
        Project stored = store().create(new Project(project, user, engine.now()));
        if (!stored.owner().equals(user)) {
            throw new ProjectExistsException(project);
        }
        return stored;
    }

    @Override
    public Optional<Project> find(String project) {
        return store().find(project);
    }

    @Override
    public List<Project> list(long from, int size) {
        return list(ProjectScope.everything(), from, size);
    }

    @Override
    public List<Project> list(ProjectScope scope, long from, int size) {
        Pages.check("project list", from, size);
        return store().list(scope, from, size);
    }

    @Override
    public void grant(String project, String to, AccessRight right) {
        engine.requireOpen();
        List<Problem> problems = new ArrayList<>();
        checkUser(to, problems);
        if (right == AccessRight.OWN) {
            problems.add(new Problem("right", "is OWN, which cannot be granted; transfer the project"));
        }
        throwIfAny(problems);
        if (!store().grant(new Grant(project, to, right))) {
            Project known = known(project);
            throw ValidationException.of(
                    "project",
                    "user",
                    "is " + Quote.of(known.owner()) + ", who owns the project and may do everything");
        }
    }

    @Override
    public void revoke(String project, String from) {
        engine.requireOpen();
        known(project);
        store().revoke(project, from);
    }

    @Override
    public List<Grant> grants(String project, long from, int size) {
        Pages.check("grant list", from, size);
        known(project);
        return store().grants(project, from, size);
    }

    @Override
    public void transfer(String project, String to) {
        transfer(known(project), to);
    }

    @Override
    public void transfer(Project before, String to) {
        engine.requireOpen();
        List<Problem> problems = new ArrayList<>();
        checkUser(to, problems);
        throwIfAny(problems);
        if (!store().transfer(before.name(), before.owner(), to)) {
            throw new StorageException("project " + before.name() + " has changed hands meanwhile", true);
        }
    }

    private Project known(String project) {
        return store().find(project).orElseThrow(() -> NotFoundException.project(project));
    }

    private static void checkUser(String user, List<Problem> problems) {
        if (user.isBlank() || user.length() > LONGEST_USER) {
            problems.add(new Problem(
                    "user",
                    "is " + Quote.of(user) + "; it must be 1 to " + LONGEST_USER + " characters, and not blank"));
        }
    }

    private static void throwIfAny(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ValidationException("project", problems);
        }
    }

    private ProjectStore store() {
        return engine.parts().storage().projects();
    }
}
