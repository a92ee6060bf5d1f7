package dev.remora.internal.engine;

import dev.remora.Schedules;
import dev.remora.WorkflowCatalog;
import dev.remora.error.NotFoundException;
import dev.remora.internal.resource.ReceivedPackage;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Workflow;
import dev.remora.model.WorkflowZip;
import dev.remora.spi.WorkflowStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The saved workflows, on behalf of one user. */
final class Catalog implements WorkflowCatalog {
    private final Engine engine;
    private final String user;
    private final Schedules schedules;

    Catalog(Engine engine, String user, Schedules schedules) {
        this.engine = engine;
        this.user = user;
        this.schedules = schedules;
    }

    @Override
    public SavedWorkflow save(String project, String name, Workflow definition) {
        engine.requireOpen();
        engine.check().definition(project, name, definition, Set.of(), false);
        return store().save(project, name, definition, user, engine.now());
    }

    @Override
    public SavedWorkflow saveZip(String project, String name, WorkflowZip zip) {
        engine.requireOpen();
        engine.check().names(project, name);
        try (ReceivedPackage received = engine.parts().resources().receive(zip)) {
            engine.check()
                    .definition(
                            project,
                            name,
                            received.definition(),
                            received.files().keySet(),
                            false);
            return engine.parts()
                    .resources()
                    .store(
                            received,
                            () -> store().save(
                                            project, name, received.definition(), received.files(), user, engine.now()),
                            saved -> true);
        }
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
        Pages.check("workflow list", from, size);
        return store().list(project, from, size);
    }

    @Override
    public void delete(String project, String name) {
        engine.requireOpen();
        if (engine.parts().storage().schedules().find(project, name).isPresent()) {
            schedules.delete(project, name);
        }
        if (!store().delete(project, name)) {
            throw NotFoundException.workflow(project, name);
        }
    }

    private WorkflowStore store() {
        return engine.parts().storage().workflows();
    }
}
