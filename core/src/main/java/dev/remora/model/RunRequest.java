package dev.remora.model;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * Asks for a run of a saved workflow.
 *
 * @param project the project
 * @param workflow the workflow
 * @param version the version; the latest if empty
 * @param options how the run is to go
 */
public record RunRequest(String project, String workflow, OptionalInt version, RunOptions options) {
    /**
     * Creates a request.
     *
     * @throws NullPointerException if a component is null
     */
    public RunRequest {
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(workflow, "workflow");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(options, "options");
    }

    /**
     * Asks for the latest version of the whole workflow, with every default.
     *
     * @param project the project
     * @param workflow the workflow
     * @return the request
     */
    public static RunRequest of(String project, String workflow) {
        return builder(project, workflow).build();
    }

    /**
     * Starts a request.
     *
     * @param project the project
     * @param workflow the workflow
     * @return a new builder
     */
    public static Builder builder(String project, String workflow) {
        return new Builder(project, workflow);
    }

    /** Builds a {@link RunRequest}. Not safe for use by several threads. */
    public static final class Builder extends RunOptions.Settings<Builder> {
        private final String project;
        private final String workflow;
        private OptionalInt version = OptionalInt.empty();

        private Builder(String project, String workflow) {
            this.project = project;
            this.workflow = workflow;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Asks for a certain version.
         *
         * @param number 1 for the first
         * @return this
         */
        public Builder version(int number) {
            version = OptionalInt.of(number);
            return this;
        }

        /**
         * Builds the request.
         *
         * @return the request
         */
        public RunRequest build() {
            return new RunRequest(project, workflow, version, options());
        }
    }
}
