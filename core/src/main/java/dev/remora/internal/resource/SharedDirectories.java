package dev.remora.internal.resource;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Directories that are there only while somebody needs them: whoever removed the last file in one removes it too. */
public final class SharedDirectories {
    private static final int TRIES = 100;

    private SharedDirectories() {}

    /** Something that is made inside a directory. */
    @FunctionalInterface
    interface Creation {
        Path create() throws IOException;
    }

    /**
     * Makes a directory, with those above it.
     *
     * @throws IOException if it cannot be made, also not by trying again
     */
    public static Path create(Path directory) throws IOException {
        return createIn(directory, () -> directory);
    }

    /**
     * Makes a directory, and something inside it, again if somebody removes the empty directory meanwhile.
     *
     * @throws IOException if it cannot be made, also not by trying again
     */
    static Path createIn(Path directory, Creation inside) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                Files.createDirectories(directory);
                return inside.create();
            } catch (NoSuchFileException | FileAlreadyExistsException removed) {
                // why: createDirectories says that it exists already when it is removed between its two looks
                if (tries == TRIES) {
                    throw removed;
                }
            }
        }
    }
}
