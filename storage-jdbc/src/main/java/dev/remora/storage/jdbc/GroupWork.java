package dev.remora.storage.jdbc;

import dev.remora.error.StorageException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Lets callers share work: what comes while a group is under way waits for the next one, which one of those who wait then
 * makes for all of them. Each caller has one piece waiting at the most, so there are never more than callers. Safe for use
 * by several threads.
 */
final class GroupWork<T> {
    private static final class Piece<T> {
        private final T work;
        private boolean done;
        private Optional<StorageException> failure = Optional.empty();

        private Piece(T work) {
            this.work = work;
        }
    }

    private static final long WAIT_SECONDS = 120;
    private static final int MOST_PIECES = 100;
    private static final long LARGEST = 4 << 20;

    private final Consumer<List<T>> worker;
    private final ToLongFunction<T> size;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Queue<Piece<T>> queue = new ArrayDeque<>();
    private boolean underWay;

    /**
     * Creates an empty one.
     *
     * @param worker does the work of a group
     * @param size tells how large a piece is, in bytes, as a group has a limit
     */
    GroupWork(Consumer<List<T>> worker, ToLongFunction<T> size) {
        this.worker = worker;
        this.size = size;
    }

    /** Returns when a piece of work has been done, in whatever group. */
    void run(T work) {
        Piece<T> mine = new Piece<>(work);
        lock.lock();
        try {
            queue.add(mine);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
            while (!mine.done) {
                if (underWay) {
                    awaitEnd(mine, end);
                } else {
                    lead();
                }
            }
        } finally {
            lock.unlock();
        }
        if (mine.failure.isPresent()) {
            throw mine.failure.get();
        }
    }

    private void awaitEnd(Piece<T> mine, long end) {
        boolean interrupted = false;
        try {
            // why: as with every call of the storage, an interrupt is for whoever called it
            while (underWay && !mine.done) {
                try {
                    if (ended.awaitNanos(end - System.nanoTime()) <= 0) {
                        throw tooLate(mine);
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private StorageException tooLate(Piece<T> mine) {
        boolean unknown = !queue.remove(mine);
        return new StorageException(
                "others have kept the database busy for " + WAIT_SECONDS + " s; "
                        + (unknown ? "it is not known whether this was stored" : "this was not stored"),
                true);
    }

    private void lead() {
        List<Piece<T>> group = next();
        underWay = true;
        lock.unlock();
        Optional<StorageException> failure =
                Optional.of(new StorageException("the thread that stored it for others broke off", true));
        try {
            worker.accept(group.stream().map(piece -> piece.work).toList());
            failure = Optional.empty();
        } catch (StorageException e) {
            failure = Optional.of(e);
        } finally {
            lock.lock();
            underWay = false;
            for (Piece<T> piece : group) {
                piece.failure = failure.map(e -> new StorageException(e.getMessage(), e.isTransient(), e));
                piece.done = true;
            }
            ended.signalAll();
        }
    }

    private List<Piece<T>> next() {
        List<Piece<T>> group = new ArrayList<>();
        long bytes = 0;
        while (!queue.isEmpty() && group.size() < MOST_PIECES && bytes < LARGEST) {
            Piece<T> piece = queue.remove();
            group.add(piece);
            bytes += size.applyAsLong(piece.work);
        }
        return group;
    }
}
