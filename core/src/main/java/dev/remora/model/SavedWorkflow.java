package dev.remora.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;

/**
 * One version of a workflow in the catalogue.
 *
 * @param project the project
 * @param name the name, unique within the project
 * @param version 1 for the first
 * @param definition the definition
 * @param files the files of the zip package that it was saved from, by path; without {@code workflow.json}
 * @param owner the user who saved the first version
 * @param savedAt when this version was saved; cut to milliseconds
 * @param unsaved whether it belongs to a direct run of an unsaved workflow
 */
public record SavedWorkflow(
        String project,
        String name,
        int version,
        Workflow definition,
        Map<String, Content> files,
        String owner,
        Instant savedAt,
        boolean unsaved) {
    /**
     * Creates a version.
     *
     * @throws NullPointerException if a component is null
     */
    public SavedWorkflow {
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(definition, "definition");
        files = Map.copyOf(files);
        Objects.requireNonNull(owner, "owner");
        savedAt = savedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Creates a version without files.
     *
     * @param project the project
     * @param name the name, unique within the project
     * @param version 1 for the first
     * @param definition the definition
     * @param owner the user who saved the first version
     * @param savedAt when this version was saved; cut to milliseconds
     * @param unsaved whether it belongs to a direct run of an unsaved workflow
     */
    public SavedWorkflow(
            String project,
            String name,
            int version,
            Workflow definition,
            String owner,
            Instant savedAt,
            boolean unsaved) {
        this(project, name, version, definition, Map.of(), owner, savedAt, unsaved);
    }
}
