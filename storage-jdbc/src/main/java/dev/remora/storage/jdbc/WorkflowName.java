package dev.remora.storage.jdbc;

/**
 * The name of a workflow.
 *
 * @param project the project
 * @param name the name within it
 */
record WorkflowName(String project, String name) {
    boolean isStorable() {
        return Texts.isStorable(project) && Texts.isStorable(name);
    }
}
