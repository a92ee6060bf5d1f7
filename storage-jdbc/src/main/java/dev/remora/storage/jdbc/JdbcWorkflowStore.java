package dev.remora.storage.jdbc;

import dev.remora.model.Content;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Workflow;
import dev.remora.spi.WorkflowStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The catalogue of definitions. */
final class JdbcWorkflowStore implements WorkflowStore {
    private final Database database;
    private final WorkflowTable table;

    JdbcWorkflowStore(Database database, WorkflowTable table) {
        this.database = database;
        this.table = table;
    }

    @Override
    public SavedWorkflow save(
            String project, String name, Workflow definition, Map<String, Content> files, String user, Instant now) {
        WorkflowName whole = new WorkflowName(project, name);
        Objects.requireNonNull(definition, "definition");
        Map<String, Content> copy = Map.copyOf(files);
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(now, "now");
        return database.write(
                "save workflow " + name + " of project " + project,
                session -> table.save(session, whole, definition, copy, user, now));
    }

    @Override
    public Optional<SavedWorkflow> latest(String project, String name) {
        WorkflowName whole = new WorkflowName(project, name);
        boolean possible = whole.isStorable();
        return database.read("find a workflow", session -> possible ? table.latest(session, whole) : Optional.empty());
    }

    @Override
    public Optional<Current> current(String project, String name) {
        WorkflowName whole = new WorkflowName(project, name);
        boolean possible = whole.isStorable();
        return database.look(
                "find out what a workflow is now",
                session -> possible ? table.current(session, whole) : Optional.empty());
    }

    @Override
    public Optional<SavedWorkflow> version(String project, String name, int version) {
        WorkflowName whole = new WorkflowName(project, name);
        boolean possible = whole.isStorable();
        return database.read(
                "find a version of a workflow",
                session -> possible ? table.version(session, whole, version) : Optional.empty());
    }

    @Override
    public List<SavedWorkflow> list(String project, long from, int size) {
        boolean possible = Texts.isStorable(project);
        return database.read(
                "list the workflows of a project",
                session -> possible ? table.list(session, project, from, size) : List.of());
    }

    @Override
    public boolean delete(String project, String name) {
        WorkflowName whole = new WorkflowName(project, name);
        boolean possible = whole.isStorable();
        return database.write("delete a workflow", session -> possible && table.delete(session, whole));
    }
}
