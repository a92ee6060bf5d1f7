package dev.remora.examples.http;

import dev.remora.model.AccessRight;
import dev.remora.model.Grant;
import dev.remora.model.Project;
import dev.remora.spi.ProjectScope;
import dev.remora.spi.ProjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who may do what: a file with a line {@code PROJECT:RIGHT:USER} for each right. Each project needs one with the right OWN.
 */
final class ProjectFile {
    private static final String NAME = "[A-Za-z]\\w{1,63}";
    private static final int PAGE = 1000;

    /** What users may do, by project. */
    private final Map<String, Map<String, AccessRight>> projects;

    private ProjectFile(Map<String, Map<String, AccessRight>> projects) {
        this.projects = projects;
    }

    static ProjectFile read(Path file) throws IOException {
        Map<String, Map<String, AccessRight>> projects = new TreeMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String place = file + " line " + number;
            String[] parts = line.split(":", 3);
            Optional<AccessRight> right = Arrays.stream(AccessRight.values())
                    .filter(one -> parts.length == 3 && one.name().equals(parts[1]))
                    .findFirst();
            if (right.isEmpty() || !parts[0].matches(NAME) || parts[2].isBlank()) {
                throw new IOException(place + " must be a project, one of " + Arrays.toString(AccessRight.values())
                        + " and a user, with colons between them");
            }
            Map<String, AccessRight> users = projects.computeIfAbsent(parts[0], name -> new LinkedHashMap<>());
            if (right.get() == AccessRight.OWN && users.containsValue(AccessRight.OWN)) {
                throw new IOException(place + " names a second owner of " + parts[0]);
            }
            if (users.put(parts[2], right.get()) != null) {
                throw new IOException(place + " names " + parts[2] + " a second time");
            }
        }
        for (Map.Entry<String, Map<String, AccessRight>> project : projects.entrySet()) {
            if (!project.getValue().containsValue(AccessRight.OWN)) {
                throw new IOException(file + " must say who owns " + project.getKey() + ": " + project.getKey() + ":"
                        + AccessRight.OWN + ":USER");
            }
        }
        return new ProjectFile(projects);
    }

    /** Makes the owners and grants in a storage what this file says. What it does not name is left to its owner alone. */
    void apply(ProjectStore store, Instant now) {
        projects.forEach((name, users) -> {
            String owner = owner(users);
            Project before = store.create(new Project(name, owner, now));
            if (!before.owner().equals(owner)) {
                store.transfer(name, before.owner(), owner);
            }
        });
        for (Project project : stored(store)) {
            Map<String, AccessRight> users = projects.getOrDefault(project.name(), Map.of());
            for (Grant grant : granted(store, project.name())) {
                if (!users.containsKey(grant.user())) {
                    store.revoke(project.name(), grant.user());
                }
            }
            users.forEach((user, right) -> {
                if (right != AccessRight.OWN) {
                    store.grant(new Grant(project.name(), user, right));
                }
            });
        }
    }

    private static String owner(Map<String, AccessRight> users) {
        return users.entrySet().stream()
                .filter(user -> user.getValue() == AccessRight.OWN)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static List<Project> stored(ProjectStore store) {
        List<Project> all = new ArrayList<>();
        List<Project> page;
        do {
            page = store.list(ProjectScope.everything(), all.size(), PAGE);
            all.addAll(page);
        } while (page.size() == PAGE);
        return all;
    }

    private static List<Grant> granted(ProjectStore store, String project) {
        List<Grant> all = new ArrayList<>();
        List<Grant> page;
        do {
            page = store.grants(project, all.size(), PAGE);
            all.addAll(page);
        } while (page.size() == PAGE);
        return all;
    }
}
