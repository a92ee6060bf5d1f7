package dev.remora.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** As many tasks as wanted block at once, none is forgotten, and the threads go when they are told to. */
@Timeout(60)
class WorkersTest {
    private static final int MOST = 8;

    private final Workers workers = new Workers(new NamedThreads("test", "worker"), MOST);

    @AfterEach
    void close() {
        workers.shutdownNow();
    }

    @Test
    void asManyTasksAsAllowedBlockAtOnceAndTheNextComesAfterOneOfThem() throws Exception {
        CountDownLatch running = new CountDownLatch(MOST);
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger more = new AtomicInteger();
        CountDownLatch last = new CountDownLatch(1);
        for (int i = 0; i < MOST; i++) {
            workers.execute(() -> {
                running.countDown();
                awaitQuietly(end);
            });
        }
        running.await();
        workers.execute(() -> {
            more.incrementAndGet();
            last.countDown();
        });
        assertThat(more).hasValue(0);
        end.countDown();
        last.await();
    }

    @Test
    void noneOfManyShortTasksIsForgotten() throws Exception {
        int rounds = 2_000;
        int each = 10;
        AtomicIntegerArray runs = new AtomicIntegerArray(rounds * each);
        List<Thread> producers = new ArrayList<>();
        CyclicBarrier together = new CyclicBarrier(2);
        CountDownLatch done = new CountDownLatch(2 * rounds * each);
        for (int p = 0; p < 2; p++) {
            Thread producer = new Thread(() -> {
                for (int round = 0; round < rounds; round++) {
                    awaitQuietly(together);
                    for (int i = 0; i < each; i++) {
                        int place = round * each + i;
                        workers.execute(() -> {
                            runs.incrementAndGet(place);
                            done.countDown();
                        });
                    }
                }
            });
            producer.start();
            producers.add(producer);
        }
        for (Thread producer : producers) {
            producer.join();
        }
        done.await();
        for (int i = 0; i < runs.length(); i++) {
            assertThat(runs.get(i)).isEqualTo(2);
        }
    }

    @Test
    void oneTaskAfterTheOtherIsRunByThreadsThatRested() throws Exception {
        for (int i = 0; i < 5_000; i++) {
            CountDownLatch ran = new CountDownLatch(1);
            workers.execute(ran::countDown);
            ran.await();
        }
    }

    @Test
    void aThreadGoesOnAfterAnError() throws Exception {
        Workers one = new Workers(new NamedThreads("test", "one"), 1);
        List<Thread> threads = new CopyOnWriteArrayList<>();
        CountDownLatch ran = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            one.execute(() -> {
                threads.add(Thread.currentThread());
                ran.countDown();
                throw new IllegalStateException("wanted by the test");
            });
        }
        ran.await();
        assertThat(threads.get(1)).isSameAs(threads.get(0));
        one.shutdown();
        assertThat(one.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closingInterruptsWhatRunsAndLeavesWhatWaits() throws Exception {
        CountDownLatch running = new CountDownLatch(MOST);
        CountDownLatch interrupted = new CountDownLatch(MOST);
        for (int i = 0; i < MOST; i++) {
            workers.execute(() -> {
                running.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException stopped) {
                    interrupted.countDown();
                }
            });
        }
        running.await();
        Runnable waits = () -> {};
        workers.execute(waits);
        assertThat(workers.shutdownNow()).containsExactly(waits);
        interrupted.await();
        assertThat(workers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(workers.isTerminated()).isTrue();
        assertThatThrownBy(() -> workers.execute(waits)).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void anOrderlyCloseLetsWhatWaitsRun() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch running = new CountDownLatch(MOST);
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < MOST; i++) {
            workers.execute(() -> {
                running.countDown();
                awaitQuietly(end);
            });
        }
        running.await();
        for (int i = 0; i < 100; i++) {
            workers.execute(ran::incrementAndGet);
        }
        workers.shutdown();
        end.countDown();
        assertThat(workers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).hasValue(100);
    }

    @Test
    void closingThoseThatNeverWorkedEndsThemAtOnce() throws Exception {
        workers.shutdown();
        assertThat(workers.awaitTermination(0, TimeUnit.SECONDS)).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitQuietly(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }
}
