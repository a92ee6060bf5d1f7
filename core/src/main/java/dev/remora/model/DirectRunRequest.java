package dev.remora.model;

import java.util.Objects;

/**
 * Asks for a run of a workflow that is not saved. Its name must not exist in the project, and stays taken until the run
 * is purged; it cannot be edited later.
 *
 * @param project the project
 * @param workflow the name
 * @param definition the definition
 * @param options how the run is to go
 */
public record DirectRunRequest(String project, String workflow, Workflow definition, RunOptions options) {
    /**
     * Creates a request.
     *
     * @throws NullPointerException if a component is null
     */
    public DirectRunRequest {
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(workflow, "workflow");
        Objects.requireNonNull(definition, "definition");
        Objects.requireNonNull(options, "options");
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
     * Starts a request.
     *
     * @param project the project
     * @param workflow the name
     * @param definition the definition
     * @return a new builder
     */
    public static Builder builder(String project, String workflow, Workflow definition) {
        return new Builder(project, workflow, definition);
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
        return new Builder(project, workflow, WorkflowJson.parse(json));
    }

    /** Builds a {@link DirectRunRequest}. Not safe for use by several threads. */
    public static final class Builder extends RunOptions.Settings<Builder> {
        private final String project;
        private final String workflow;
        private final Workflow definition;

        private Builder(String project, String workflow, Workflow definition) {
            this.project = project;
            this.workflow = workflow;
            this.definition = definition;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Builds the request.
         *
         * @return the request
         */
        public DirectRunRequest build() {
            return new DirectRunRequest(project, workflow, definition, options());
        }
    }
}
