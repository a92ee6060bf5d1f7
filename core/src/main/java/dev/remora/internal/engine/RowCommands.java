package dev.remora.internal.engine;

import dev.remora.spi.ExecutionStore;
import dev.remora.spi.Lease;
import dev.remora.spi.StoredCommand;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Commands that wait in the storage for executions that this engine owns. Each is carried out once, in the order in which
 * they were sent, and then removed; one whose run was dropped meanwhile stays for the next owner.
 */
final class RowCommands {
    private static final int AT_ONCE = 1_000;

    private final EngineParts parts;

    /** What has been handed to a run and is still in the storage: it must not be carried out once more. */
    private final Set<Long> handedOver = ConcurrentHashMap.newKeySet();

    /** What can be removed; in the order sent, as after a crash a later one alone would be carried out last again. */
    private final Set<Long> over = new ConcurrentSkipListSet<>();

    RowCommands(EngineParts parts) {
        this.parts = parts;
    }

    /** Carries out what there is. Costs nothing while the engine has no execution. For one thread at a time. */
    void carryOut(Lease lease) {
        if (parts.activeRuns().size() == 0 && over.isEmpty()) {
            return;
        }
        for (StoredCommand stored : store().commands(lease, AT_ONCE)) {
            if (handedOver.contains(stored.id())) {
                continue;
            }
            Optional<ActiveRun> run = parts.activeRuns().get(stored.execId());
            if (run.isPresent()) {
                handedOver.add(stored.id());
                run.get().command(stored.command()).whenComplete((done, refused) -> {
                    if (refused == null && !done) {
                        handedOver.remove(stored.id());
                    } else {
                        over.add(stored.id());
                    }
                });
            } else if (isFinal(stored.execId())) {
                // why: it came too late, and must not hit a later round
                over.add(stored.id());
            }
        }
        removeOver();
    }

    private void removeOver() {
        List<Long> removed = List.copyOf(over);
        if (!removed.isEmpty()) {
            store().done(removed);
            removed.forEach(over::remove);
            removed.forEach(handedOver::remove);
        }
    }

    /** Whether a command for an execution waits, or may wait; then a later one of the same caller must wait behind it. */
    boolean waitFor(Lease lease, long execId) {
        List<StoredCommand> waiting = store().commands(lease, AT_ONCE);
        return waiting.size() == AT_ONCE
                || waiting.stream().anyMatch(command -> command.execId() == execId && !over.contains(command.id()));
    }

    private boolean isFinal(long execId) {
        return store().find(execId)
                .map(record -> record.state().status().isFinal())
                .orElse(true);
    }

    /** Forgets commands that came too late for the last round of an execution, before the next one opens. */
    void forget(Lease lease, long execId) {
        List<Long> late = store().commands(lease, AT_ONCE).stream()
                .filter(command -> command.execId() == execId)
                .map(StoredCommand::id)
                .toList();
        if (!late.isEmpty()) {
            store().done(late);
        }
    }

    private ExecutionStore store() {
        return parts.storage().executions();
    }
}
