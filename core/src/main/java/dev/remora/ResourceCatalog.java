package dev.remora;

import dev.remora.model.ProjectResource;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * The resources: files that belong to a project, for the nodes of all its workflows, which list those that they need
 * ({@link dev.remora.model.ResourceReference}). Safe for use by several threads. Every call may throw
 * {@link dev.remora.error.StorageException}.
 */
public interface ResourceCatalog {
    /**
     * Saves a resource, or other bytes under its name. Never holds more than a small part of them on the heap. Attempts
     * that start from now on get these bytes.
     *
     * @param project the project, {@code [A-Za-z]\w{1,63}}
     * @param path the name, of the form that {@link dev.remora.model.ResourceReference} tells
     * @param bytes read to the end, and left open
     * @return what was saved
     * @throws dev.remora.error.ValidationException if the project or the path is wrong, or the bytes cannot be read
     * @throws dev.remora.error.LimitExceededException if there are more than {@link dev.remora.model.Limit#RESOURCE_SIZE}
     */
    ProjectResource put(String project, String path, InputStream bytes);

    /**
     * Finds a resource.
     *
     * @param project the project
     * @param path the name
     * @return what is saved; empty if there is none
     */
    Optional<ProjectResource> find(String project, String path);

    /**
     * Opens a resource. The stream reads the bytes that the resource has now; once these are replaced or deleted, it
     * may end with an {@link java.io.IOException}.
     *
     * @param project the project
     * @param path the name
     * @return the bytes, fetched bit by bit; to be closed by the caller; not safe for use by several threads
     * @throws dev.remora.error.NotFoundException if there is no such resource
     */
    InputStream get(String project, String path);

    /**
     * Lists the resources of a project, by path.
     *
     * @param project the project
     * @param from how many to leave out at the front, at least 0
     * @param size how many at the most, 1 to 1000
     * @return the resources, in the order of their paths' UTF-16 code units
     * @throws dev.remora.error.ValidationException if a bound is broken
     */
    List<ProjectResource> list(String project, long from, int size);

    /**
     * Deletes a resource. Nodes that list it fail from now on.
     *
     * @param project the project
     * @param path the name
     * @throws dev.remora.error.NotFoundException if there is no such resource
     */
    void delete(String project, String path);
}
