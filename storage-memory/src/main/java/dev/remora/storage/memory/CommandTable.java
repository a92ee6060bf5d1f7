package dev.remora.storage.memory;

import dev.remora.spi.Command;
import dev.remora.spi.StoredCommand;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/** The commands that wait for owners. */
final class CommandTable {
    private final TreeMap<Long, StoredCommand> byId = new TreeMap<>();
    private long lastId;

    synchronized void add(long execId, Command command) {
        long id = ++lastId;
        byId.put(id, new StoredCommand(id, execId, command));
    }

    synchronized boolean isEmpty() {
        return byId.isEmpty();
    }

    synchronized List<StoredCommand> find(LongPredicate owned, int limit) {
        return byId.values().stream()
                .filter(command -> owned.test(command.execId()))
                .limit(Math.max(0, limit))
                .toList();
    }

    synchronized void remove(Collection<Long> ids) {
        ids.forEach(byId::remove);
    }

    synchronized void removeOf(Set<Long> execIds) {
        byId.values().removeIf(command -> execIds.contains(command.execId()));
    }

    synchronized void clear() {
        byId.clear();
    }
}
