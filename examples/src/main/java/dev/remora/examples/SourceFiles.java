package dev.remora.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the Java sources under a directory, build output aside. */
final class SourceFiles {
    private SourceFiles() {}

    static List<Path> under(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> path.toString().endsWith(".java") && Files.isRegularFile(path))
                    .filter(path -> !isBuildOutput(directory.relativize(path)))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isBuildOutput(Path relative) {
        for (Path part : relative) {
            if (part.toString().equals("target")) {
                return true;
            }
        }
        return false;
    }
}
