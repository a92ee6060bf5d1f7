package dev.remora.model;

import java.util.Objects;

/**
 * What a project's owner lets another user do.
 *
 * @param project the project
 * @param user who may
 * @param right what; not {@link AccessRight#OWN}, which the owner alone has
 */
public record Grant(String project, String user, AccessRight right) {
    /**
     * Creates a grant.
     *
     * @throws NullPointerException if a component is null
     * @throws IllegalArgumentException if the right is {@link AccessRight#OWN}
     */
    public Grant {
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(user, "user");
        if (Objects.requireNonNull(right, "right") == AccessRight.OWN) {
            throw new IllegalArgumentException("OWN cannot be granted; a project is handed over");
        }
    }
}
