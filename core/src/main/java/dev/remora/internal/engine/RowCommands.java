package dev.remora.internal.engine;

import dev.remora.spi.ExecutionStore;
import dev.remora.spi.Lease;
import dev.remora.spi.StoredCommand;
import java.util.List;
import java.util.Optional;

/** Commands that other engines left in the storage for executions that this one owns. */
final class RowCommands {
    private static final int AT_ONCE = 1_000;

    private final EngineParts parts;

    RowCommands(EngineParts parts) {
        this.parts = parts;
    }

    void carryOut(Lease lease) {
        List<StoredCommand> commands = store().commands(lease, AT_ONCE);
        for (StoredCommand stored : commands) {
            Optional<ActiveRun> run = parts.activeRuns().get(stored.execId());
            if (run.isPresent()) {
                run.get().command(stored.command()).whenComplete((nothing, refused) -> done(stored));
            } else if (isFinal(stored.execId())) {
                // why: it came too late, and must not hit a later round
                done(stored);
            }
        }
    }

    private void done(StoredCommand command) {
        store().done(List.of(command.id()));
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
