package dev.remora.storage.memory;

import dev.remora.model.AccessRight;
import dev.remora.model.Grant;
import dev.remora.model.Project;
import dev.remora.spi.ProjectScope;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The projects and their grants, by project and by user. Its lock is a leaf. */
final class ProjectTable {
    private static final class Entry {
        private Project project;
        private final TreeMap<String, AccessRight> grants = new TreeMap<>();

        private Entry(Project project) {
            this.project = project;
        }
    }

    private final TreeMap<String, Entry> entries = new TreeMap<>();
    /** The projects that each user owns or has a grant for. */
    private final Map<String, Set<String>> byUser = new HashMap<>();

    synchronized Project create(Project project) {
        Entry before = entries.putIfAbsent(project.name(), new Entry(project));
        if (before != null) {
            return before.project;
        }
        admit(project.owner(), project.name());
        return project;
    }

    synchronized Optional<Project> find(String name) {
        return Optional.ofNullable(entries.get(name)).map(entry -> entry.project);
    }

    synchronized List<Project> list(ProjectScope scope, long from, int size) {
        Optional<Set<String>> names = names(scope);
        return entries.values().stream()
                .map(entry -> entry.project)
                .filter(project ->
                        names.map(some -> some.contains(project.name())).orElse(true))
                .skip(Math.max(0, from))
                .limit(Math.max(0, size))
                .toList();
    }

    /** Returns the projects of a scope; empty for all. */
    synchronized Optional<Set<String>> names(ProjectScope scope) {
        if (scope instanceof ProjectScope.Named named) {
            return Optional.of(named.names());
        }
        if (scope instanceof ProjectScope.GrantedTo granted) {
            return Optional.of(Set.copyOf(byUser.getOrDefault(granted.user(), Set.of())));
        }
        return Optional.empty();
    }

    synchronized boolean transfer(String name, String before, String next) {
        Entry entry = entries.get(name);
        if (entry == null || !entry.project.owner().equals(before)) {
            return false;
        }
        dismiss(before, name);
        admit(next, name);
        entry.grants.remove(next);
        entry.project = new Project(name, next, entry.project.createdAt());
        return true;
    }

    synchronized boolean grant(Grant grant) {
        Entry entry = entries.get(grant.project());
        if (entry == null || entry.project.owner().equals(grant.user())) {
            return false;
        }
        entry.grants.put(grant.user(), grant.right());
        admit(grant.user(), grant.project());
        return true;
    }

    synchronized void revoke(String project, String user) {
        Entry entry = entries.get(project);
        if (entry != null && entry.grants.remove(user) != null) {
            dismiss(user, project);
        }
    }

    synchronized List<Grant> grants(String project, long from, int size) {
        Entry entry = entries.get(project);
        if (entry == null) {
            return List.of();
        }
        return entry.grants.entrySet().stream()
                .skip(Math.max(0, from))
                .limit(Math.max(0, size))
                .map(grant -> new Grant(project, grant.getKey(), grant.getValue()))
                .toList();
    }

    synchronized Optional<AccessRight> right(String project, String user) {
        Entry entry = entries.get(project);
        if (entry == null) {
            return Optional.empty();
        }
        return entry.project.owner().equals(user)
                ? Optional.of(AccessRight.OWN)
                : Optional.ofNullable(entry.grants.get(user));
    }

    synchronized void clear() {
        entries.clear();
        byUser.clear();
    }

    private void admit(String user, String project) {
        byUser.computeIfAbsent(user, name -> new HashSet<>()).add(project);
    }

    private void dismiss(String user, String project) {
        Set<String> projects = byUser.get(user);
        projects.remove(project);
        if (projects.isEmpty()) {
            byUser.remove(user);
        }
    }
}
