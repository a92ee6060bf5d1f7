package dev.remora.storage.memory;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The directories of files that storages in this process have; those that are left go when the process ends. */
final class TemporaryDirectories {
    private static final Set<Path> LEFT = ConcurrentHashMap.newKeySet();

    static {
        // why: File.deleteOnExit would keep the name of every log that ever spilled
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> LEFT.forEach(TemporaryDirectories::delete), "remora-memory-cleanup"));
    }

    private TemporaryDirectories() {}

    static void add(Path directory) {
        LEFT.add(directory);
    }

    static void delete(Path directory) {
        LEFT.remove(directory);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            // why: nothing depends on it any more, and it lies where the operating system cleans up
            directory.toFile().deleteOnExit();
        }
    }
}
