package dev.remora.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Removes what the command line put into the directory for temporary files. */
final class TemporaryFiles {
    private TemporaryFiles() {}

    /** Removes a directory as far as that goes: a process that a node left behind may still be writing there. */
    static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException inUse) {
            System.err.println(directory + " cannot be removed: " + inUse.getMessage());
        }
    }
}
