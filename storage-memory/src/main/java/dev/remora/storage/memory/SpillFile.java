package dev.remora.storage.memory;

import dev.remora.error.StorageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The texts of one log, end to end, or the chunks of a content. It is opened for each call, so that many logs do not use
 * up the file descriptors of the process.
 */
final class SpillFile {
    private final Path path;

    SpillFile(Path path) {
        this.path = path;
    }

    /** Writes a text. A position that was written before, by a call that failed, is written over. */
    void write(long position, byte[] text) {
        // why: not a FileChannel, which an interrupt of the calling thread, such as a killed job's, would close
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(position);
            file.write(text);
        } catch (IOException e) {
            throw new StorageException("cannot write file " + path + ": " + e, true, e);
        }
    }

    /** Fills arrays with what stands from a position on. */
    void read(long position, List<byte[]> texts) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            file.seek(position);
            for (byte[] text : texts) {
                file.readFully(text);
            }
        } catch (IOException e) {
            throw new StorageException("cannot read file " + path + ": " + e, true, e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // why: what called has had its effect; the file goes with its directory when the storage is closed
            path.toFile().deleteOnExit();
        }
    }
}
