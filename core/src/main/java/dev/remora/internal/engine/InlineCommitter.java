package dev.remora.internal.engine;

import dev.remora.error.LeaseLostException;
import dev.remora.error.StorageException;
import dev.remora.spi.ExecutionChange;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits on the thread of the run, for storages whose commits cost next to nothing.
 *
 * <p>Such a storage is never away. If one is all the same, nothing may be lost: from then on commits are made by a
 * {@link GroupCommitter}, which waits for it without holding up the threads of the runs.
 */
final class InlineCommitter implements Committer {
    private static final Logger LOG = LoggerFactory.getLogger(InlineCommitter.class);

    private final EngineParts parts;
    private final AtomicReference<GroupCommitter> patient = new AtomicReference<>();

    InlineCommitter(EngineParts parts) {
        this.parts = parts;
    }

    @Override
    public void commit(ActiveRun run, Optional<ExecutionChange> change, Effects effects) {
        if (patient.get() != null) {
            patient.get().commit(run, change, effects);
            return;
        }
        try {
            if (change.isPresent() && !store(run, List.of(change.get()))) {
                effects.abandon();
                return;
            }
        } catch (StorageException failed) {
            if (failed.isTransient()) {
                patient(failed).commit(run, change, effects);
            } else {
                run.suspend(failed);
                effects.abandon();
            }
            return;
        }
        effects.happen(parts.listeners());
    }

    /** Returns whether it is stored; if not, the run is not this engine's any more. */
    private boolean store(ActiveRun run, List<ExecutionChange> changes) {
        try {
            long begun = parts.metrics().begin();
            parts.storage().executions().commit(run.lease(), changes);
            parts.metrics().committed(begun, changes.size());
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

    private GroupCommitter patient(StorageException failed) {
        return patient.updateAndGet(known -> {
            if (known != null) {
                return known;
            }
            LOG.error(
                    "engine {}: its storage says that commits never fail for a while, and one did; from now on they are"
                            + " made on a thread of their own",
                    parts.config().name(),
                    failed);
            return new GroupCommitter(parts);
        });
    }

    /** Returns 0, unless commits are made by another. */
    @Override
    public int waiting() {
        GroupCommitter other = patient.get();
        return other == null ? 0 : other.waiting();
    }

    @Override
    public void close() {
        GroupCommitter last = patient.get();
        if (last != null) {
            last.close();
        }
    }
}
