package dev.remora.spi;

import dev.remora.model.ExecutionCursor;
import java.util.Objects;
import java.util.Optional;

/**
 * The place of one execution of a workflow, counted from the newest.
 *
 * @param project the project
 * @param workflow the workflow
 * @param place the place; empty if the workflow has fewer executions
 */
public record RankedPlace(String project, String workflow, Optional<ExecutionCursor> place) {
    /**
     * Creates a place.
     *
     * @throws NullPointerException if a component is null
     */
    public RankedPlace {
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(workflow, "workflow");
        Objects.requireNonNull(place, "place");
    }
}
