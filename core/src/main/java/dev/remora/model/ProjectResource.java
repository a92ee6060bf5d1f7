package dev.remora.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * A file of a project, for the nodes of all its workflows.
 *
 * @param project the project
 * @param path the name, unique within the project; case matters
 * @param content which bytes it has
 * @param savedBy the user who saved it last
 * @param savedAt when it was saved last; cut to milliseconds
 */
public record ProjectResource(String project, String path, Content content, String savedBy, Instant savedAt) {
    /**
     * Creates a resource.
     *
     * @throws NullPointerException if a component is null
     */
    public ProjectResource {
        Objects.requireNonNull(project, "project");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(savedBy, "savedBy");
        savedAt = savedAt.truncatedTo(ChronoUnit.MILLIS);
    }
}
