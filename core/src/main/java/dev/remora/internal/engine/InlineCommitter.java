package dev.remora.internal.engine;

import dev.remora.error.LeaseLostException;
import dev.remora.error.StorageException;
import dev.remora.spi.ExecutionChange;
import java.util.List;
import java.util.Optional;

/** Commits on the thread of the run, for storages whose commits cost next to nothing. */
final class InlineCommitter implements Committer {
    private final EngineParts parts;

    InlineCommitter(EngineParts parts) {
        this.parts = parts;
    }

    @Override
    public void commit(ActiveRun run, Optional<ExecutionChange> change, Effects effects) {
        try {
            if (change.isPresent() && !store(run, List.of(change.get()))) {
                effects.abandon();
                return;
            }
        } catch (StorageException failed) {
            run.suspend(failed);
            effects.abandon();
            return;
        }
        effects.happen(parts.listeners());
    }

    /** Returns whether it is stored; if not, the run is not this engine's any more. */
    private boolean store(ActiveRun run, List<ExecutionChange> changes) {
        try {
            parts.storage().executions().commit(run.lease(), changes);
            return true;
        } catch (LeaseLostException doubtful) {
            return storeAfterAll(run, changes, doubtful);
        }
    }

    private boolean storeAfterAll(ActiveRun run, List<ExecutionChange> changes, LeaseLostException doubtful) {
        boolean stands = parts.fence().standsAfterAll(run);
        if (stands) {
            try {
                parts.storage().executions().commit(run.lease(), changes);
                return true;
            } catch (LeaseLostException theirs) {
                doubtful.addSuppressed(theirs);
            }
        }
        parts.fence().keepOut(run, stands, doubtful);
        return false;
    }

    @Override
    public void close() {}
}
