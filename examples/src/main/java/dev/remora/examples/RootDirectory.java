package dev.remora.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The directory that workflow files know as {@code ${root}}. */
final class RootDirectory {
    private static final String PARAM = "root";

    private RootDirectory() {}

    static Map<String, String> withDefault(Map<String, String> params) {
        Map<String, String> all = new HashMap<>(params);
        all.putIfAbsent(PARAM, of(Path.of("")).toString());
        return all;
    }

    /** Returns the nearest directory from a start upwards that holds a Maven project with modules, else the start. */
    static Path of(Path start) {
        Path absolute = start.toAbsolutePath().normalize();
        for (Path directory = absolute; directory != null; directory = directory.getParent()) {
            if (hasModules(directory.resolve("pom.xml"))) {
                return directory;
            }
        }
        return absolute;
    }

    private static boolean hasModules(Path pom) {
        try {
            return Files.isRegularFile(pom) && Files.readString(pom).contains("<modules>");
        } catch (IOException unreadable) {
            return false;
        }
    }
}
