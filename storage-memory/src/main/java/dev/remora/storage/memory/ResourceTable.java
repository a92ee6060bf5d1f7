package dev.remora.storage.memory;

import dev.remora.model.ProjectResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The resources of projects. */
final class ResourceTable {
    // why: paths are listed in the order of their UTF-16 code units, which is that of String
    private final Map<String, TreeMap<String, ProjectResource>> projects = new HashMap<>();
    private final ContentTable contents;

    ResourceTable(ContentTable contents) {
        this.contents = contents;
    }

    synchronized void put(ProjectResource resource) {
        contents.refer(List.of(resource.content()));
        ProjectResource before = projects.computeIfAbsent(resource.project(), project -> new TreeMap<>())
                .put(resource.path(), resource);
        if (before != null) {
            contents.forget(List.of(before.content()));
        }
    }

    synchronized Optional<ProjectResource> find(String project, String path) {
        return Optional.ofNullable(projects.get(project)).map(paths -> paths.get(path));
    }

    synchronized List<ProjectResource> list(String project, long from, int size) {
        return projects.getOrDefault(project, new TreeMap<>()).values().stream()
                .skip(Math.max(0, from))
                .limit(Math.max(0, size))
                .toList();
    }

    synchronized boolean delete(String project, String path) {
        Optional<ProjectResource> found = find(project, path);
        found.ifPresent(resource -> {
            TreeMap<String, ProjectResource> paths = projects.get(project);
            paths.remove(path);
            if (paths.isEmpty()) {
                projects.remove(project);
            }
            contents.forget(List.of(resource.content()));
        });
        return found.isPresent();
    }

    synchronized void clear() {
        projects.clear();
    }
}
