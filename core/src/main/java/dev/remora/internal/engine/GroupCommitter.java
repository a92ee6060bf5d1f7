package dev.remora.internal.engine;

import dev.remora.error.LeaseLostException;
import dev.remora.error.StorageException;
import dev.remora.spi.EngineClock;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.NodeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits on a thread of its own: whatever came up while the last commit was under way goes into the next one. There is
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

    private final ExecutionStore store;
    private final EngineClock clock;
    private final Ownership ownership;
    private final Listeners listeners;
    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final Entry last = new Entry(null, Optional.empty(), new Effects(), () -> {});
    private final Thread thread;

    GroupCommitter(String engine, ExecutionStore store, Ownership ownership, Listeners listeners, EngineClock clock) {
        this.clock = clock;
        this.store = store;
        this.ownership = ownership;
        this.listeners = listeners;
        thread = new NamedThreads(engine, "commit").newThread(this::work);
        thread.start();
    }

    @Override
    public void commit(ActiveRun run, Optional<ExecutionChange> change, Effects effects) {
        queue.add(new Entry(run, change, effects, clock.counted(() -> {})));
    }

    private void work() {
        List<Entry> batch = new ArrayList<>();
        boolean goesOn = true;
        try {
            while (goesOn) {
                batch.add(queue.take());
                queue.drainTo(batch, MOST_ENTRIES - 1);
                goesOn = !batch.remove(last);
                List<Runnable> done = batch.stream().map(Entry::done).toList();
                store(batch);
                done.forEach(Runnable::run);
                batch.clear();
            }
        } catch (InterruptedException closed) {
            LOG.warn("the storage was away while the engine closed; {} changes are not stored", batch.size());
        }
    }

    private void store(List<Entry> batch) throws InterruptedException {
        Map<Long, ExecutionChange> changes = new LinkedHashMap<>();
        batch.removeIf(entry -> entry.run().isDropped());
        for (Entry entry : batch) {
            entry.change().ifPresent(change -> changes.merge(change.execId(), change, GroupCommitter::join));
        }
        try {
            if (!changes.isEmpty()) {
                attempt(batch.get(0).run(), List.copyOf(changes.values()));
            }
            batch.forEach(entry -> entry.effects().happen(listeners));
        } catch (LeaseLostException lost) {
            ownership.lost(batch.get(0).run().lease(), lost);
        } catch (StorageException refused) {
            storeApart(batch, refused);
        }
    }

    /** Something in the batch cannot be stored: each run for itself, so that the others go on. */
    private void storeApart(List<Entry> batch, StorageException refused) throws InterruptedException {
        for (Entry entry : batch) {
            if (entry.run().isDropped()) {
                continue;
            }
            try {
                if (entry.change().isPresent()) {
                    attempt(entry.run(), List.of(entry.change().get()));
                }
                entry.effects().happen(listeners);
            } catch (LeaseLostException lost) {
                ownership.lost(entry.run().lease(), lost);
            } catch (StorageException again) {
                again.addSuppressed(refused);
                entry.run().suspend(again);
            }
        }
    }

    private void attempt(ActiveRun run, List<ExecutionChange> changes) throws InterruptedException {
        Backoff backoff = new Backoff();
        boolean renewed = false;
        while (true) {
            try {
                store.commit(run.lease(), changes);
                backoff.succeeded(LOG, "commit");
                return;
            } catch (LeaseLostException doubtful) {
                if (renewed || !ownership.isRenewed(run.lease())) {
                    throw doubtful;
                }
                renewed = true;
            } catch (StorageException failed) {
                if (!failed.isTransient()) {
                    throw failed;
                }
                backoff.pause(LOG, "commit", failed);
            }
        }
    }

    /** The later state counts, and of each node the later row. */
    private static ExecutionChange join(ExecutionChange earlier, ExecutionChange later) {
        Map<Integer, NodeState> nodes = new LinkedHashMap<>();
        earlier.nodes().forEach(node -> nodes.put(node.node(), node));
        later.nodes().forEach(node -> nodes.put(node.node(), node));
        return new ExecutionChange(later.execId(), later.state(), List.copyOf(nodes.values()), earlier.replacesNodes());
    }

    @Override
    public void close() {
        queue.add(last);
        try {
            thread.join(CLOSE_PATIENCE.toMillis());
            thread.interrupt();
        } catch (InterruptedException interrupted) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
