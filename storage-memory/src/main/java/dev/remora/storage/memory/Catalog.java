package dev.remora.storage.memory;

import dev.remora.error.AlreadyExistsException;
import dev.remora.error.NotFoundException;
import dev.remora.model.Content;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Workflow;
import dev.remora.spi.RankedPlace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** The definitions, and how many executions each name has. */
final class Catalog {
    private static final class Entry {
        private final SortedMap<Integer, SavedWorkflow> versions = new TreeMap<>();
        private int highest;
        private String owner = "";
        private boolean deleted;
        private boolean unsaved;
        private int executions;

        private boolean exists() {
            return highest > 0;
        }

        private boolean isListed() {
            return exists() && !deleted && !unsaved;
        }

        private SavedWorkflow latest() {
            return versions.get(highest);
        }
    }

    // why: names of a project are listed in the order of their UTF-16 code units, which is that of String
    private final Map<String, TreeMap<String, Entry>> projects = new HashMap<>();

    private final ContentTable contents;

    Catalog(ContentTable contents) {
        this.contents = contents;
    }

    synchronized SavedWorkflow save(
            String project, String name, Workflow definition, Map<String, Content> files, String user, Instant now) {
        Optional<Entry> known = find(project, name);
        if (known.filter(entry -> entry.unsaved).isPresent()) {
            throw new AlreadyExistsException(
                    project, name, "it belongs to a run of an unsaved workflow; purge that run or take another name");
        }
        contents.refer(files.values());
        Entry entry = entry(project, name);
        if (!entry.exists()) {
            entry.owner = user;
        }
        SavedWorkflow saved =
                new SavedWorkflow(project, name, entry.highest + 1, definition, files, entry.owner, now, false);
        entry.versions.put(saved.version(), saved);
        entry.highest = saved.version();
        entry.deleted = false;
        return saved;
    }

    /** Takes a name for an unsaved workflow, if nobody has it. */
    synchronized void saveUnsaved(SavedWorkflow unsaved) {
        if (find(unsaved.project(), unsaved.name()).filter(Entry::exists).isPresent()) {
            throw new AlreadyExistsException(
                    unsaved.project(), unsaved.name(), "take another name, or run the saved workflow");
        }
        contents.refer(unsaved.files().values());
        Entry entry = entry(unsaved.project(), unsaved.name());
        entry.unsaved = true;
        entry.owner = unsaved.owner();
        entry.highest = unsaved.version();
        entry.versions.put(unsaved.version(), unsaved);
    }

    synchronized Optional<SavedWorkflow> latest(String project, String name) {
        return find(project, name).filter(Entry::isListed).map(Entry::latest);
    }

    synchronized Optional<SavedWorkflow> version(String project, String name, int version) {
        return find(project, name).map(entry -> entry.versions.get(version));
    }

    synchronized List<SavedWorkflow> list(String project, long from, int size) {
        return projects.getOrDefault(project, new TreeMap<>()).values().stream()
                .filter(Entry::isListed)
                .skip(Math.max(0, from))
                .limit(Math.max(0, size))
                .map(Entry::latest)
                .toList();
    }

    synchronized boolean delete(String project, String name) {
        Optional<Entry> listed = find(project, name).filter(Entry::isListed);
        listed.ifPresent(entry -> {
            entry.deleted = true;
            if (entry.executions == 0) {
                removeVersions(entry);
            }
        });
        return listed.isPresent();
    }

    /** Counts an execution of a name, or throws if the version is not here. */
    synchronized void refer(String project, String name, int version) {
        Entry entry = find(project, name)
                .filter(one -> one.versions.containsKey(version))
                .orElseThrow(() -> NotFoundException.version(project, name, version));
        entry.executions++;
    }

    synchronized boolean isUnsaved(String project, String name) {
        return find(project, name).filter(entry -> entry.unsaved).isPresent();
    }

    /** Returns how many executions a name has whose definition goes with the last of them; empty if it is no such name. */
    synchronized OptionalLong looseExecutions(String project, String name) {
        return find(project, name)
                .filter(entry -> entry.unsaved || entry.deleted)
                .map(entry -> OptionalLong.of(entry.executions))
                .orElse(OptionalLong.empty());
    }

    /** Returns names that are not those of unsaved workflows, by project and name. */
    synchronized List<RankedPlace> saved(Optional<String> project, Optional<RankedPlace> after, int limit) {
        List<RankedPlace> names = new ArrayList<>();
        for (Map.Entry<String, TreeMap<String, Entry>> one : new TreeMap<>(projects).entrySet()) {
            int order =
                    after.map(last -> one.getKey().compareTo(last.project())).orElse(1);
            if (order < 0
                    || project.filter(wanted -> !wanted.equals(one.getKey())).isPresent()) {
                continue;
            }
            NavigableMap<String, Entry> behind = order > 0
                    ? one.getValue()
                    : one.getValue().tailMap(after.orElseThrow().workflow(), false);
            behind.forEach((name, entry) -> {
                if (!entry.unsaved && names.size() < limit) {
                    names.add(new RankedPlace(one.getKey(), name, Optional.empty()));
                }
            });
        }
        return names;
    }

    /** Counts an execution of a name off. */
    synchronized void forget(String project, String name) {
        Entry entry = entry(project, name);
        entry.executions--;
        if (entry.executions > 0) {
            return;
        }
        if (entry.unsaved) {
            removeVersions(entry);
            TreeMap<String, Entry> names = projects.get(project);
            names.remove(name);
            if (names.isEmpty()) {
                projects.remove(project);
            }
        } else if (entry.deleted) {
            removeVersions(entry);
        }
    }

    /** The entry stays, so that the numbering goes on when the name comes back. */
    private void removeVersions(Entry entry) {
        entry.versions
                .values()
                .forEach(version -> contents.forget(version.files().values()));
        entry.versions.clear();
    }

    synchronized void clear() {
        projects.clear();
    }

    private Entry entry(String project, String name) {
        return projects.computeIfAbsent(project, key -> new TreeMap<>()).computeIfAbsent(name, key -> new Entry());
    }

    private Optional<Entry> find(String project, String name) {
        return Optional.ofNullable(projects.get(project)).map(names -> names.get(name));
    }
}
