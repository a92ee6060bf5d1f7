package dev.remora.storage.memory;

import dev.remora.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Where the texts of all logs and the contents of all files go: a budget of heap, and a directory of files that is made when first needed. */
final class Space {
    private final long heap;
    private final Path parent;
    private final AtomicLong used = new AtomicLong();
    private Path directory;
    private long files;
    private boolean closed;

    Space(long heap, Path parent) {
        this.heap = heap;
        this.parent = parent;
    }

    /** Takes bytes of the budget, if so many are left. */
    boolean reserve(long bytes) {
        if (used.addAndGet(bytes) <= heap) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    void free(long bytes) {
        used.addAndGet(-bytes);
    }

    /** Returns how many bytes of the budget are taken. */
    long used() {
        return used.get();
    }

    synchronized SpillFile newFile() {
        if (closed) {
            throw new StorageException("the memory storage is closed", false);
        }
        try {
            if (directory == null) {
                directory = Files.createTempDirectory(parent, "remora-memory-");
                TemporaryDirectories.add(directory);
            }
        } catch (IOException e) {
            throw new StorageException("cannot make a directory for logs and files in " + parent + ": " + e, true, e);
        }
        return new SpillFile(directory.resolve(++files + ".bytes"));
    }

    synchronized void close() {
        closed = true;
        if (directory != null) {
            TemporaryDirectories.delete(directory);
        }
    }
}
