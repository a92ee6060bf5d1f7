package dev.remora.model;

import dev.remora.error.ValidationException;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks for a run of a workflow that is not saved. Its name must not exist in the project, and stays taken until the run
 * is purged; it cannot be edited later.
 *
 * @param project the project
 * @param workflow the name
 * @param definition the definition; not looked at if there is a zip archive
 * @param zip a definition with files
 * @param options how the run is to go
 */
public record DirectRunRequest(
        String project, String workflow, Optional<Workflow> definition, Optional<WorkflowZip> zip, RunOptions options) {
    /**
     * Creates a request.
     *
     * @throws NullPointerException if a component is null
     * @throws ValidationException if there is neither a definition nor a zip archive
     */
    public DirectRunRequest {
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(workflow, "workflow");
        Objects.requireNonNull(definition, "definition");
        Objects.requireNonNull(zip, "zip");
        Objects.requireNonNull(options, "options");
        if (definition.isEmpty() && zip.isEmpty()) {
            throw ValidationException.of(
                    "run request", "", "has neither a definition nor a zip archive; one of them is needed");
        }
    }

    /**
     * Asks for a run of the whole workflow, with every default.
     *
     * @param project the project
     * @param workflow the name
     * @param definition the definition
     * @return the request
     */
    public static DirectRunRequest of(String project, String workflow, Workflow definition) {
        return builder(project, workflow, definition).build();
    }

    /**
     * Asks for a run of the whole workflow of a zip archive, with every default.
     *
     * @param project the project
     * @param workflow the name
     * @param zip the archive
     * @return the request
     */
    public static DirectRunRequest of(String project, String workflow, WorkflowZip zip) {
        return builder(project, workflow).zip(zip).build();
    }

    /**
     * Starts a request that needs a definition or a zip archive yet.
     *
     * @param project the project
     * @param workflow the name
     * @return a new builder
     */
    public static Builder builder(String project, String workflow) {
        return new Builder(project, workflow);
    }

    /**
     * Starts a request.
     *
     * @param project the project
     * @param workflow the name
     * @param definition the definition
     * @return a new builder
     */
    public static Builder builder(String project, String workflow, Workflow definition) {
        return builder(project, workflow).definition(definition);
    }

    /**
     * Starts a request with a definition in JSON.
     *
     * @param project the project
     * @param workflow the name
     * @param json the definition
     * @return a new builder
     * @throws dev.remora.error.ValidationException if the text is not a sound definition, with every problem
     */
    public static Builder builder(String project, String workflow, String json) {
        return builder(project, workflow, WorkflowJson.parse(json));
    }

    /** Builds a {@link DirectRunRequest}. Not safe for use by several threads. */
    public static final class Builder extends RunOptions.Settings<Builder> {
        private final String project;
        private final String workflow;
        private Optional<Workflow> definition = Optional.empty();
        private Optional<WorkflowZip> zip = Optional.empty();

        private Builder(String project, String workflow) {
            this.project = project;
            this.workflow = workflow;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets the definition. It is not looked at if there is a zip archive too.
         *
         * @param workflowDefinition the definition
         * @return this
         */
        public Builder definition(Workflow workflowDefinition) {
            definition = Optional.of(workflowDefinition);
            return this;
        }

        /**
         * Sets a zip archive, with a definition and files.
         *
         * @param archive the archive
         * @return this
         */
        public Builder zip(WorkflowZip archive) {
            zip = Optional.of(archive);
            return this;
        }

        /**
         * Builds the request.
         *
         * @return the request
         * @throws ValidationException if there is neither a definition nor a zip archive
         */
        public DirectRunRequest build() {
            return new DirectRunRequest(project, workflow, definition, zip, options());
        }
    }
}
