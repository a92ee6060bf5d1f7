package dev.remora.internal.resource;

import dev.remora.error.Problem;
import dev.remora.internal.problem.Quote;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The names of one package. Entries that differ in case only are different, as on most systems that run jobs. */
final class PackageNames {
    private static final Pattern ROOT = Pattern.compile("(\\./+)+");

    private final Set<String> files = new LinkedHashSet<>();
    private final Set<String> directories = new LinkedHashSet<>();

    /** Takes an entry in, or finds what is wrong with its name. */
    Optional<String> add(ZipItem item) {
        if (item.isDirectory() && ROOT.matcher(item.name()).matches()) {
            return Optional.empty();
        }
        Optional<String> wrong = ResourcePath.problem(item.path());
        if (wrong.isPresent()) {
            return wrong;
        }
        String path = ResourcePath.normal(item.path());
        if (item.isDirectory()) {
            directories.add(path);
        } else if (!files.add(path)) {
            return Optional.of("is there twice");
        }
        return Optional.empty();
    }

    /** Finds what is a file to one entry and a directory to another. */
    List<Problem> conflicts() {
        Set<String> conflicts = new LinkedHashSet<>();
        directories.stream().filter(files::contains).forEach(conflicts::add);
        for (Set<String> paths : List.of(files, directories)) {
            for (String path : paths) {
                for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
                    String parent = path.substring(0, slash);
                    if (files.contains(parent)) {
                        conflicts.add(parent);
                    }
                }
            }
        }
        List<Problem> problems = new ArrayList<>();
        conflicts.forEach(path ->
                problems.add(new Problem("entry " + Quote.of(path), "is a file, and a directory to other entries")));
        return problems;
    }
}
