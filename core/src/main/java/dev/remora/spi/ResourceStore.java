package dev.remora.spi;

import dev.remora.error.ContentMissingException;
import dev.remora.model.Content;
import dev.remora.model.ProjectResource;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The contents of files, each stored once, and the resources of projects that refer to them. Versions of workflows refer
 * to contents too ({@link dev.remora.model.SavedWorkflow#files()}).
 *
 * <p>A content is stored chunk by chunk, before anything refers to it; then what refers to it is stored, by a call that
 * throws {@link ContentMissingException} if the content is not complete. With its last reference a content goes, in the
 * same transaction. One that nothing has referred to for an hour since its last chunk was stored may go at any time.
 */
public interface ResourceStore {
    /** The size of every chunk but the last one of a content, which has what is left, in bytes. */
    int CHUNK_SIZE = 1 << 20;

    /** How many contents one call takes at the most. */
    int MOST_CONTENTS = 1000;

    /**
     * Tells which contents are not complete here. An empty content always is.
     *
     * @param contents at most {@link #MOST_CONTENTS}
     * @return those of which a chunk is missing
     */
    Set<Content> missing(Collection<Content> contents);

    /**
     * Stores a chunk of a content, referred to or not. Idempotent: a chunk that is here already is left alone.
     *
     * @param content the content
     * @param chunk the number of the chunk, from 0
     * @param bytes exactly the bytes of that chunk; not copied, not to be modified
     */
    void append(Content content, int chunk, byte[] bytes);

    /**
     * Reads a chunk of a content.
     *
     * @param content the content
     * @param chunk the number of the chunk, from 0
     * @return the bytes, not to be modified; empty if it is not here, or not any more
     */
    Optional<byte[]> read(Content content, int chunk);

    /**
     * Removes contents that nothing refers to, complete or not. Others are passed over.
     *
     * @param contents at most {@link #MOST_CONTENTS}
     */
    void discard(Collection<Content> contents);

    /**
     * Saves a resource of a project, or another content under its name.
     *
     * @param project the project
     * @param path the name
     * @param content its content
     * @param user who saves
     * @param now when
     * @return what is saved
     * @throws ContentMissingException if the content is not complete; then nothing is changed
     */
    ProjectResource put(String project, String path, Content content, String user, Instant now);

    /**
     * Finds a resource.
     *
     * @param project the project
     * @param path the name
     * @return what is saved; empty if there is none
     */
    Optional<ProjectResource> find(String project, String path);

    /**
     * Lists the resources of a project, by path.
     *
     * @param project the project
     * @param from how many to leave out at the front
     * @param size how many to return at the most
     * @return the resources, in the order of their paths' UTF-16 code units
     */
    List<ProjectResource> list(String project, long from, int size);

    /**
     * Deletes a resource.
     *
     * @param project the project
     * @param path the name
     * @return whether there was such a resource
     */
    boolean delete(String project, String path);
}
