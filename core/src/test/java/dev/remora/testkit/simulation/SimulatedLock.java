package dev.remora.testkit.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;

/** A lock in the simulation. Whoever comes first when it is free gets it, as the scheduler chooses. */
final class SimulatedLock implements ReadWriteLock {
    private final Scheduler scheduler;
    private final Map<Fiber, Integer> readers = new HashMap<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private Fiber writer;
    private int writes;

    SimulatedLock(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public Lock readLock() {
        return new Side(false);
    }

    @Override
    public Lock writeLock() {
        return new Side(true);
    }

    private boolean isFree(Fiber me, boolean toWrite) {
        boolean mine = writer == null || writer == me;
        return mine && (!toWrite || writer == me || readers.isEmpty());
    }

    private void wakeAll() {
        List<Runnable> woken = List.copyOf(waiting);
        waiting.clear();
        woken.forEach(Runnable::run);
    }

    /** One of the two locks. */
    private final class Side implements Lock {
        private final boolean toWrite;

        Side(boolean toWrite) {
            this.toWrite = toWrite;
        }

        @Override
        public void lock() {
            scheduler.pass();
            Fiber me = scheduler.current();
            if (toWrite && readers.containsKey(me)) {
                throw new IllegalStateException("would wait for itself: it holds the lock for reading");
            }
            while (!isFree(me, toWrite)) {
                long wait = me.beginWait(false);
                waiting.add(() -> scheduler.wake(me, wait));
                scheduler.await();
            }
            if (toWrite) {
                writer = me;
                writes++;
            } else {
                readers.merge(me, 1, Integer::sum);
            }
        }

        @Override
        public void unlock() {
            Fiber me = scheduler.current();
            if (toWrite) {
                if (writer != me) {
                    throw new IllegalMonitorStateException("held by another");
                }
                writer = --writes == 0 ? null : me;
            } else {
                readers.computeIfPresent(me, (fiber, count) -> count == 1 ? null : count - 1);
            }
            wakeAll();
        }

        @Override
        public void lockInterruptibly() {
            lock();
        }

        @Override
        public boolean tryLock() {
            if (isFree(scheduler.current(), toWrite)) {
                lock();
                return true;
            }
            return false;
        }

        @Override
        public boolean tryLock(long time, TimeUnit unit) {
            throw new UnsupportedOperationException("no engine needs it");
        }

        @Override
        public Condition newCondition() {
            throw new UnsupportedOperationException("no engine needs it");
        }
    }
}
