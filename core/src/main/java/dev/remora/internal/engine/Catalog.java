package dev.remora.internal.engine;

import dev.remora.WorkflowCatalog;
import dev.remora.error.NotFoundException;
import dev.remora.error.Problem;
import dev.remora.error.ValidationException;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Workflow;
import dev.remora.spi.WorkflowStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The saved workflows, on behalf of one user. */
final class Catalog implements WorkflowCatalog {
    private static final int MOST_LISTED = 1000;

    private final Engine engine;
    private final String user;

    Catalog(Engine engine, String user) {
        this.engine = engine;
        this.user = user;
    }

    @Override
    public SavedWorkflow save(String project, String name, Workflow definition) {
        engine.requireOpen();
        engine.check().definition(project, name, definition, false);
        return store().save(project, name, definition, user, engine.now());
    }

    @Override
    public Optional<SavedWorkflow> find(String project, String name) {
        return store().latest(project, name);
    }

    @Override
    public Optional<SavedWorkflow> find(String project, String name, int version) {
        return store().version(project, name, version);
    }

    @Override
    public List<SavedWorkflow> list(String project, long from, int size) {
        List<Problem> problems = new ArrayList<>();
        if (from < 0) {
            problems.add(new Problem("from", "is " + from + "; it must be at least 0"));
        }
        if (size < 1 || size > MOST_LISTED) {
            problems.add(new Problem("size", "is " + size + "; it must be 1 to " + MOST_LISTED));
        }
        if (!problems.isEmpty()) {
            throw new ValidationException("workflow list", problems);
        }
        return store().list(project, from, size);
    }

    @Override
    public void delete(String project, String name) {
        engine.requireOpen();
        if (!store().delete(project, name)) {
            throw NotFoundException.workflow(project, name);
        }
    }

    private WorkflowStore store() {
        return engine.parts().storage().workflows();
    }
}
