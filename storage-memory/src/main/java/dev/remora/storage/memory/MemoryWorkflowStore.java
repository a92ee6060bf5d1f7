package dev.remora.storage.memory;

import dev.remora.model.Content;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Workflow;
import dev.remora.spi.WorkflowStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The catalogue as one handle sees it. */
final class MemoryWorkflowStore implements WorkflowStore {
    private final Catalog catalog;
    private final ScheduleTable schedules;
    private final MemoryData.Handle handle;

    MemoryWorkflowStore(MemoryData data, MemoryData.Handle handle) {
        catalog = data.catalog;
        schedules = data.schedules;
        this.handle = handle;
    }

    @Override
    public SavedWorkflow save(
            String project, String name, Workflow definition, Map<String, Content> files, String user, Instant now) {
        handle.check();
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(definition, "definition");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(now, "now");
        return catalog.save(project, name, definition, files, user, now);
    }

    @Override
    public Optional<SavedWorkflow> latest(String project, String name) {
        handle.check();
        return catalog.latest(project, name);
    }

    @Override
    public Optional<Current> current(String project, String name) {
        return latest(project, name)
                .map(saved -> new Current(
                        saved.version(),
                        saved.owner(),
                        schedules
                                .find(project, name)
                                .flatMap(record -> record.schedule().zone())));
    }

    @Override
    public Optional<SavedWorkflow> version(String project, String name, int version) {
        handle.check();
        return catalog.version(project, name, version);
    }

    @Override
    public List<SavedWorkflow> list(String project, long from, int size) {
        handle.check();
        return catalog.list(project, from, size);
    }

    @Override
    public boolean delete(String project, String name) {
        handle.check();
        return catalog.delete(project, name);
    }
}
