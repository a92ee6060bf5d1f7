package dev.remora.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How callers share synchronisations. */
class GroupSyncTest {
    private static final long LIMIT_SECONDS = 60;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);
    private final AtomicInteger syncs = new AtomicInteger();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private void slowly() {
        syncs.incrementAndGet();
        begun.release();
        acquire(mayEnd);
    }

    private static void acquire(Semaphore semaphore) {
        try {
            assertThat(semaphore.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitWaiting(List<Thread> waiting) {
        for (Thread thread : waiting) {
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void whoComesWhileOneIsUnderWaySharesTheNext() throws Exception {
        GroupSync sync = new GroupSync(this::slowly);
        Future<?> first = threads.submit(sync::await);
        acquire(begun);
        List<Thread> late = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            late.add(new Thread(sync::await, "late-" + i));
        }
        late.forEach(Thread::start);
        awaitWaiting(late);

        assertThat(syncs).hasValue(1);
        mayEnd.release();
        first.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        acquire(begun);
        // why: nobody is served by what began before it came
        assertThat(late).allMatch(Thread::isAlive);
        mayEnd.release();
        for (Thread thread : late) {
            thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
            assertThat(thread.isAlive()).isFalse();
        }

        assertThat(syncs).hasValue(2);
    }

    @Test
    void aFailureIsToldToAllWhoSharedIt() {
        AtomicInteger tries = new AtomicInteger();
        GroupSync sync = new GroupSync(() -> {
            if (tries.incrementAndGet() == 1) {
                throw new StorageException("the disk is gone", true);
            }
        });

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(sync::await)
                .withMessageContaining("the disk is gone")
                .satisfies(e -> assertThat(e.isTransient()).isTrue());

        sync.await();
        assertThat(tries).hasValue(2);
    }
}
