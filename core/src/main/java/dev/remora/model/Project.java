package dev.remora.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * A namespace of workflows, resources and executions, with an owner.
 *
 * @param name the name
 * @param owner who may do everything in it
 * @param createdAt when it was created; cut to milliseconds
 */
public record Project(String name, String owner, Instant createdAt) {
    /**
     * Creates a project.
     *
     * @throws NullPointerException if a component is null
     */
    public Project {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(owner, "owner");
        createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
    }
}
