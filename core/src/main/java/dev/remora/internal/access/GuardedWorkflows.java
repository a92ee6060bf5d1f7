package dev.remora.internal.access;

import dev.remora.WorkflowCatalog;
import dev.remora.model.Operation;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Workflow;
import dev.remora.model.WorkflowZip;
import java.util.List;
import java.util.Optional;

/** The saved workflows, as far as the user may read and change them. */
record GuardedWorkflows(WorkflowCatalog workflows, Gate gate) implements WorkflowCatalog {
    @Override
    public SavedWorkflow save(String project, String name, Workflow definition) {
        gate.require(Operation.SAVE_WORKFLOW, project);
        return workflows.save(project, name, definition);
    }

    @Override
    public SavedWorkflow saveZip(String project, String name, WorkflowZip zip) {
        gate.require(Operation.SAVE_WORKFLOW, project);
        return workflows.saveZip(project, name, zip);
    }

    @Override
    public Optional<SavedWorkflow> find(String project, String name) {
        return gate.allows(Operation.READ_WORKFLOW, project) ? workflows.find(project, name) : Optional.empty();
    }

    @Override
    public Optional<SavedWorkflow> find(String project, String name, int version) {
        return gate.allows(Operation.READ_WORKFLOW, project)
                ? workflows.find(project, name, version)
                : Optional.empty();
    }

    @Override
    public List<SavedWorkflow> list(String project, long from, int size) {
        return gate.allows(Operation.READ_WORKFLOW, project) ? workflows.list(project, from, size) : List.of();
    }

    @Override
    public void delete(String project, String name) {
        gate.require(Operation.DELETE_WORKFLOW, project);
        workflows.delete(project, name);
    }
}
