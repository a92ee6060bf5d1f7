package dev.remora.internal.engine;

import dev.remora.error.LeaseLostException;
import dev.remora.error.StorageException;
import dev.remora.spi.ExecutionChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits on one thread: whatever came up while the last commit was under way goes into the next one. There is
 * no timer and no artificial delay.
 *
 * <p>While the storage is away it tries again and again; nothing is lost, nothing happens meanwhile. A change that the
 * storage refuses for good is kept from the others: its run is suspended. The queue needs no bound of its own: a run adds
 * to it only when something happened to it, and what can happen is bounded by the slots.
 */
final class GroupCommitter implements Committer {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommitter.class);
    private static final int MOST_ENTRIES = 4096;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private record Entry(ActiveRun run, Optional<ExecutionChange> change, Effects effects, Runnable done) {}

    private final EngineParts parts;
    private final Fence fence;
    private final ExecutorService thread;
    private final Mailbox<Entry> queue;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final Entry last = new Entry(null, Optional.empty(), null, () -> closed.complete(null));

    GroupCommitter(EngineParts parts) {
        this.parts = parts;
        fence = parts.fence();
        thread = parts.threads().pool("commit", 1, 1);
        queue = new Mailbox<>(thread, this::work);
    }

    @Override
    public void commit(ActiveRun run, Optional<ExecutionChange> change, Effects effects) {
        queue.post(new Entry(run, change, effects, parts.clock().counted(() -> {})));
    }

    private void work(Queue<Entry> queued) {
        List<Entry> batch = new ArrayList<>();
        try {
            while (!closed.isDone() && !queued.isEmpty()) {
                for (Entry entry = queued.poll(); entry != null; entry = queued.poll()) {
                    batch.add(entry);
                    if (entry == last || batch.size() == MOST_ENTRIES) {
                        break;
                    }
                }
                List<Runnable> done = batch.stream().map(Entry::done).toList();
                batch.remove(last);
                store(batch);
                done.forEach(Runnable::run);
                batch.clear();
            }
        } catch (InterruptedException away) {
            closed.complete(null);
            LOG.warn("the storage was away while the engine closed; {} changes are not stored", batch.size());
        }
    }

    private void store(List<Entry> batch) throws InterruptedException {
        Map<Long, JoinedChange> changes = new LinkedHashMap<>();
        batch.removeIf(GroupCommitter::isAbandoned);
        for (Entry entry : batch) {
            entry.change()
                    .ifPresent(change -> changes.computeIfAbsent(change.execId(), execId -> new JoinedChange())
                            .add(change));
        }
        try {
            if (!batch.isEmpty()) {
                attempt(
                        batch.get(0).run(),
                        changes.values().stream().map(JoinedChange::whole).toList());
            }
            // why: a start and the end of its node may be stored as one; then the job must not start
            batch.forEach(entry -> entry.effects().stop());
            batch.forEach(this::happen);
        } catch (LeaseLostException doubtful) {
            // why: they may be of several leases, if one was lost a moment ago
            storeApart(batch, doubtful);
        } catch (StorageException refused) {
            storeApart(batch, refused);
        }
    }

    /** Nothing is stored of a run that was dropped meanwhile. */
    private static boolean isAbandoned(Entry entry) {
        if (entry.run().isDropped()) {
            entry.effects().abandon();
        }
        return entry.run().isDropped();
    }

    /** What goes wrong with one run must not end the thread that commits for all. */
    private void happen(Entry entry) {
        LogContext context = entry.run().logContext();
        Map<String, String> outside = context.enter();
        try {
            entry.effects().happen(parts.listeners());
        } catch (RuntimeException | Error thrown) {
            LOG.error("effects of execution {} failed", entry.run().execId(), thrown);
        } finally {
            context.leave(outside);
        }
    }

    /** Something in the batch cannot be stored: each run for itself, so that the others go on. */
    private void storeApart(List<Entry> batch, StorageException refused) throws InterruptedException {
        for (Entry entry : batch) {
            if (isAbandoned(entry)) {
                continue;
            }
            try {
                storeAlone(entry);
            } catch (StorageException again) {
                again.addSuppressed(refused);
                entry.run().suspend(again);
                entry.effects().abandon();
            }
        }
    }

    private void storeAlone(Entry entry) throws InterruptedException {
        List<ExecutionChange> changes = entry.change().map(List::of).orElse(List.of());
        try {
            attempt(entry.run(), changes);
        } catch (LeaseLostException doubtful) {
            if (!storedAfterAll(entry, changes, doubtful)) {
                return;
            }
        }
        happen(entry);
    }

    /** The lease may only have run out; if it is good, it is this execution that another engine has now. */
    private boolean storedAfterAll(Entry entry, List<ExecutionChange> changes, LeaseLostException doubtful)
            throws InterruptedException {
        boolean stands = stands(entry.run());
        if (stands) {
            try {
                attempt(entry.run(), changes);
                return true;
            } catch (LeaseLostException theirs) {
                doubtful.addSuppressed(theirs);
            }
        }
        fence.keepOut(entry.run(), stands, doubtful);
        entry.effects().abandon();
        return false;
    }

    private void attempt(ActiveRun run, List<ExecutionChange> changes) throws InterruptedException {
        if (changes.isEmpty()) {
            return;
        }
        Backoff backoff = new Backoff(parts.threads());
        while (true) {
            try {
                long begun = parts.metrics().begin();
                parts.storage().executions().commit(run.lease(), changes);
                parts.metrics().committed(begun, changes.size());
                return;
            } catch (StorageException failed) {
                if (!failed.isTransient()) {
                    throw failed;
                }
                backoff.pause();
            }
        }
    }

    /** Whether the lease of the run stands after all, asked until the storage answers. */
    private boolean stands(ActiveRun run) throws InterruptedException {
        Backoff backoff = new Backoff(parts.threads());
        while (true) {
            try {
                return fence.standsAfterAll(run);
            } catch (StorageException away) {
                if (!away.isTransient()) {
                    throw away;
                }
                backoff.pause();
            }
        }
    }

    @Override
    public int waiting() {
        return queue.size();
    }

    @Override
    public void close() {
        queue.post(last);
        try {
            parts.threads().await(closed, CLOSE_PATIENCE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        thread.shutdownNow();
    }
}
