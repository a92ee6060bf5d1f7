package dev.remora.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A zip archive: a definition, {@code workflow.json} at its root, and files beside it for the nodes, which list those
 * that they need as {@link ResourceReference}s of scope WORKFLOW.
 *
 * <p>An archive is refused as a whole, and nothing of it stays, if
 *
 * <ul>
 *   <li>it has no {@code workflow.json} at its root, or two ({@code ./workflow.json} counts, {@code Workflow.json} does
 *       not), or that is no sound definition;
 *   <li>the name of an entry is no path of the form that {@link ResourceReference} tells, leaves the directory, occurs
 *       twice, or is that of a file and of a directory; names that differ in case only are different;
 *   <li>an entry is a symbolic link, or otherwise no file and no directory, is encrypted, or is packed by another method
 *       than deflating;
 *   <li>the archive is broken, in parts, or has something before its first entry that belongs to it;
 *   <li>it exceeds {@link Limit#PACKAGE_ENTRIES}, {@link Limit#PACKAGE_SIZE}, {@link Limit#PACKAGE_RATIO} or
 *       {@link Limit#RESOURCE_SIZE}. What is unpacked is counted; what the archive says of itself is not believed.
 * </ul>
 *
 * <p>Modes, owners and times of entries are ignored, and directories without files leave nothing.
 */
@FunctionalInterface
public interface WorkflowZip {
    /**
     * Opens the archive. Called once by each call of the engine that is given this; the engine reads to the end and
     * closes.
     *
     * @return the bytes, from the first on
     * @throws IOException if they cannot be read
     */
    InputStream open() throws IOException;

    /**
     * Takes an archive from a file.
     *
     * @param file the file; read when a call needs it
     * @return the archive
     */
    static WorkflowZip of(Path file) {
        Objects.requireNonNull(file, "file");
        return () -> Files.newInputStream(file);
    }

    /**
     * Takes an archive from the heap.
     *
     * @param bytes the archive; not copied
     * @return the archive
     */
    static WorkflowZip of(byte[] bytes) {
        Objects.requireNonNull(bytes, "bytes");
        return () -> new ByteArrayInputStream(bytes);
    }
}
