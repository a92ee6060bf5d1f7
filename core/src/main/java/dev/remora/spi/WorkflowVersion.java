package dev.remora.spi;

import java.util.Objects;

/**
 * Names one version of a definition.
 *
 * @param project the project
 * @param workflow the workflow
 * @param version the version, from 1
 */
public record WorkflowVersion(String project, String workflow, int version) {
    /**
     * Creates a name.
     *
     * @throws NullPointerException if a component is null
     */
    public WorkflowVersion {
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(workflow, "workflow");
    }
}
