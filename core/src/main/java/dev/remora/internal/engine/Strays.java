package dev.remora.internal.engine;

import dev.remora.error.StorageException;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.Lease;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.function.Supplier;

/**
 * Executions that this engine owns without acting for them: a call of the storage failed, and yet had its effect. They
 * are given up, so that the next claim finds them.
 */
final class Strays {
    private final ReadWriteLock lock;
    private volatile boolean suspected;

    Strays(EngineThreads threads) {
        lock = threads.lock();
    }

    /** From now on there may be such executions. */
    void suspect() {
        suspected = true;
    }

    /** Makes an execution this engine's own and begins to act for it; in between it is not taken for a stray. */
    <T> T whileAdopting(Supplier<T> work) {
        lock.readLock().lock();
        try {
            return work.get();
        } catch (StorageException unclear) {
            suspect();
            throw unclear;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Gives up all executions of a lease that are not active. Costs nothing unless some are suspected. */
    void giveUp(Lease lease, EngineParts parts) {
        if (!suspected) {
            return;
        }
        lock.writeLock().lock();
        try {
            ExecutionStore store = parts.storage().executions();
            suspected = false;
            ExecutionFilter.Builder filter = ExecutionFilter.builder()
                    .statuses(Status.INIT, Status.WAITING_DEP, Status.WAITING_RES, Status.RUNNING, Status.PAUSED)
                    .size(ExecutionFilter.MAX_SIZE);
            List<ExecutionRecord> page;
            do {
                page = store.list(filter.build()).executions();
                List<Long> strays = page.stream()
                        .map(ExecutionRecord::execId)
                        .filter(execId -> parts.activeRuns().get(execId).isEmpty()
                                && !parts.troubles().holds(execId, lease))
                        .toList();
                store.release(lease, strays);
                if (!page.isEmpty()) {
                    filter.after(page.get(page.size() - 1).place());
                }
            } while (page.size() == ExecutionFilter.MAX_SIZE);
        } catch (StorageException away) {
            suspect();
            throw away;
        } finally {
            lock.writeLock().unlock();
        }
    }
}
