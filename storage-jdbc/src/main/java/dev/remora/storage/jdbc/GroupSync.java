package dev.remora.storage.jdbc;

import dev.remora.error.StorageException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets callers share synchronisations of the device: whoever comes while one is under way waits for the next one, which
 * one of those who wait then makes for all of them. Safe for use by several threads.
 */
final class GroupSync implements DeviceSync {
    /** Those who are served by one synchronisation. */
    private static final class Group {
        private boolean served;
        private Optional<StorageException> failure = Optional.empty();
    }

    private static final long WAIT_SECONDS = 60;

    private final Runnable synchronise;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private Group next = new Group();
    private boolean underWay;

    GroupSync(Runnable synchronise) {
        this.synchronise = synchronise;
    }

    @Override
    public void await() {
        Group mine;
        lock.lock();
        try {
            mine = next;
            long left = TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
            while (underWay && !mine.served) {
                if (left <= 0) {
                    throw new StorageException(
                            "the device has not been synchronised for " + WAIT_SECONDS
                                    + " s; whether what was committed is on it is not known",
                            true);
                }
                left = awaitNanos(left);
            }
            if (!mine.served) {
                next = new Group();
                underWay = true;
            }
        } finally {
            lock.unlock();
        }
        if (!mine.served) {
            lead(mine);
        }
        if (mine.failure.isPresent()) {
            throw new StorageException(mine.failure.get().getMessage(), true, mine.failure.get());
        }
    }

    private long awaitNanos(long nanos) {
        try {
            return ended.awaitNanos(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(
                    "interrupted before it was known whether what was committed is on the device", true, e);
        }
    }

    private void lead(Group group) {
        Optional<StorageException> failure =
                Optional.of(new StorageException("the synchronisation of the device broke off", true));
        try {
            synchronise.run();
            failure = Optional.empty();
        } catch (StorageException e) {
            failure = Optional.of(e);
        } finally {
            lock.lock();
            try {
                group.failure = failure;
                group.served = true;
                underWay = false;
                ended.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
