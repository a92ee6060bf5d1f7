package dev.remora.internal.resource;

import dev.remora.error.LimitExceededException;
import dev.remora.error.StorageException;
import dev.remora.error.ValidationException;
import dev.remora.model.Limit;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that are on their way, in a directory that is there only while it has one. */
public final class IncomingFiles {
    private static final Logger LOG = LoggerFactory.getLogger(IncomingFiles.class);
    private static final int BUFFER = 64 << 10;

    private final Path directory;

    /** Creates it; nothing is on the disk yet. */
    public IncomingFiles(Path directory) {
        this.directory = directory;
    }

    /** Makes an empty file. */
    public Path create() throws IOException {
        // why: not a temporary file of the JDK, which nobody else could read; jobs may run as other users
        return SharedDirectories.createIn(
                directory, () -> Files.createFile(directory.resolve(UUID.randomUUID() + ".part")));
    }

    /**
     * Copies what someone hands in into a file of its own.
     *
     * @param subject what it is, for messages: {@code zip package}
     * @throws ValidationException if it cannot be read
     * @throws LimitExceededException if it is longer than the limit
     */
    Path receive(InputStream from, String subject, Limit limit, long bound) {
        Path file;
        try {
            file = create();
        } catch (IOException full) {
            throw cannotWrite(full);
        }
        try {
            copy(from, file, subject, limit, bound);
            return file;
        } catch (RuntimeException refused) {
            remove(file);
            throw refused;
        }
    }

    private void copy(InputStream from, Path file, String subject, Limit limit, long bound) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
            byte[] buffer = new byte[BUFFER];
            long total = 0;
            for (int count = read(from, buffer, subject); count >= 0; count = read(from, buffer, subject)) {
                total += count;
                if (total > bound) {
                    throw new LimitExceededException(limit, bound, "the " + subject + " is larger");
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException full) {
            throw cannotWrite(full);
        }
    }

    private static int read(InputStream from, byte[] buffer, String subject) {
        try {
            return from.read(buffer);
        } catch (IOException unreadable) {
            throw unreadable(subject, unreadable);
        }
    }

    static ValidationException unreadable(String subject, IOException unreadable) {
        return ValidationException.of(subject, "", "cannot be read: " + unreadable);
    }

    private StorageException cannotWrite(IOException full) {
        return new StorageException("cannot write a temporary file in " + directory + ": " + full, true, full);
    }

    /** Removes a file, and the directory after its last one. */
    public void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException busy) {
            LOG.warn("cannot remove {}", file, busy);
        }
        try {
            Files.deleteIfExists(directory);
            Files.deleteIfExists(directory.getParent());
        } catch (IOException notEmpty) {
            LOG.trace("{} is still in use", directory);
        }
    }
}
