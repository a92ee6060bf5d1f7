package dev.remora.storage.memory;

import dev.remora.error.ContentMissingException;
import dev.remora.model.Content;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The contents, and how many things refer to each. */
final class ContentTable {
    private static final class Entry {
        private final HeldContent held;
        private int references;

        private Entry(HeldContent held) {
            this.held = held;
        }
    }

    private final Map<Content, Entry> entries = new HashMap<>();
    private final Space space;

    ContentTable(Space space) {
        this.space = space;
    }

    synchronized Set<Content> missing(Collection<Content> contents) {
        return contents.stream().filter(content -> !isComplete(content)).collect(Collectors.toSet());
    }

    void append(Content content, int chunk, byte[] bytes) {
        entry(content).held.append(chunk, bytes);
    }

    private synchronized Entry entry(Content content) {
        return entries.computeIfAbsent(content, one -> new Entry(new HeldContent(one, space)));
    }

    Optional<byte[]> read(Content content, int chunk) {
        Entry entry;
        synchronized (this) {
            entry = entries.get(content);
        }
        return entry == null ? Optional.empty() : entry.held.read(chunk);
    }

    synchronized void discard(Collection<Content> contents) {
        for (Content content : contents) {
            Entry entry = entries.get(content);
            if (entry != null && entry.references == 0) {
                remove(content, entry);
            }
        }
    }

    /** Counts a reference to each of some contents, or throws and counts none. */
    synchronized void refer(Collection<Content> contents) {
        for (Content content : contents) {
            if (!isComplete(content)) {
                throw new ContentMissingException(content);
            }
        }
        contents.forEach(content -> entry(content).references++);
    }

    /** Counts a reference to each of some contents off. */
    synchronized void forget(Collection<Content> contents) {
        for (Content content : contents) {
            Entry entry = entries.get(content);
            entry.references--;
            if (entry.references == 0) {
                remove(content, entry);
            }
        }
    }

    private boolean isComplete(Content content) {
        Entry entry = entries.get(content);
        return content.size() == 0 || entry != null && entry.held.isComplete();
    }

    private void remove(Content content, Entry entry) {
        entries.remove(content);
        entry.held.remove();
    }

    /** Returns how many contents there are, complete or not. */
    synchronized int size() {
        return entries.size();
    }

    synchronized void clear() {
        entries.values().forEach(entry -> entry.held.remove());
        entries.clear();
    }
}
