package dev.remora.internal.engine;

import dev.remora.error.LeaseLostException;
import dev.remora.error.StorageException;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionStore;
import java.util.List;
import java.util.Optional;

/** Commits on the thread of the run, for storages whose commits cost next to nothing. */
final class InlineCommitter implements Committer {
    private final ExecutionStore store;
    private final Ownership ownership;
    private final Listeners listeners;

    InlineCommitter(ExecutionStore store, Ownership ownership, Listeners listeners) {
        this.store = store;
        this.ownership = ownership;
        this.listeners = listeners;
    }

    @Override
    public void commit(ActiveRun run, Optional<ExecutionChange> change, Effects effects) {
        if (change.isPresent()) {
            try {
                store(run, List.of(change.get()));
            } catch (LeaseLostException lost) {
                if (ownership.isRenewed(run.lease())) {
                    // why: the lease is good, so it is this execution that another engine has now
                    run.drop();
                } else {
                    ownership.lost(run.lease(), lost);
                }
                effects.abandon();
                return;
            } catch (StorageException failed) {
                run.suspend(failed);
                effects.abandon();
                return;
            }
        }
        effects.happen(listeners);
    }

    private void store(ActiveRun run, List<ExecutionChange> changes) {
        try {
            store.commit(run.lease(), changes);
        } catch (LeaseLostException doubtful) {
            if (!ownership.isRenewed(run.lease())) {
                throw doubtful;
            }
            store.commit(run.lease(), changes);
        }
    }

    @Override
    public void close() {}
}
