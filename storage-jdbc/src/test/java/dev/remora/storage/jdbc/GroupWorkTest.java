package dev.remora.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.StorageException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How callers share work. */
class GroupWorkTest {
    private static final long LIMIT_SECONDS = 60;

    private final Semaphore begun = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);
    private final List<List<Integer>> groups = Collections.synchronizedList(new ArrayList<>());

    private void slowly(List<Integer> group) {
        groups.add(group);
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

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "remora-test-caller");
        thread.start();
        return thread;
    }

    private static Thread startWaiting(Runnable task) {
        Thread thread = start(task);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(System.nanoTime()).as("waited for the thread to wait").isLessThan(end);
            Thread.onSpinWait();
        }
        return thread;
    }

    private static void join(List<Thread> all) throws InterruptedException {
        for (Thread thread : all) {
            thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
            assertThat(thread.isAlive()).isFalse();
        }
    }

    /** Lets callers come while a group is under way, and returns the sizes of the groups they make. */
    private List<Integer> groupsOf(GroupWork<Integer> work, int callers) throws InterruptedException {
        List<Thread> all = new ArrayList<>();
        all.add(start(() -> work.run(-1)));
        acquire(begun);
        for (int i = 0; i < callers; i++) {
            int number = i;
            all.add(startWaiting(() -> work.run(number)));
        }
        mayEnd.release(Integer.MAX_VALUE / 2);
        join(all);
        assertThat(groups.stream().flatMap(List::stream))
                .containsExactlyElementsOf(IntStream.range(-1, callers).boxed().toList());
        return groups.stream().skip(1).map(List::size).toList();
    }

    @Test
    void whatComesWhileAGroupIsUnderWaySharesTheNext() throws InterruptedException {
        assertThat(groupsOf(new GroupWork<>(this::slowly, number -> 1), 50)).containsExactly(50);
    }

    @Test
    void aGroupHasALimit() throws InterruptedException {
        assertThat(groupsOf(new GroupWork<>(this::slowly, number -> 1), 150)).containsExactly(100, 50);
    }

    @Test
    void aGroupOfLargePiecesIsSmall() throws InterruptedException {
        assertThat(groupsOf(new GroupWork<>(this::slowly, number -> 1 << 20), 10))
                .containsExactly(4, 4, 2);
    }

    @Test
    void aFailureIsToldToAllOfItsGroupOnly() throws InterruptedException {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        GroupWork<Integer> work = new GroupWork<>(
                group -> {
                    slowly(group);
                    if (group.contains(1)) {
                        throw new StorageException("the database is away", true);
                    }
                },
                number -> 1);
        Thread first = start(() -> work.run(0));
        acquire(begun);
        List<Thread> others = new ArrayList<>();
        for (int number : new int[] {1, 2}) {
            others.add(startWaiting(() -> assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> work.run(number))
                    .satisfies(e -> told.add(e.getMessage()))));
        }
        mayEnd.release(3);
        join(List.of(first));
        join(others);

        assertThat(told).containsExactly("the database is away", "the database is away");
        work.run(3);
        assertThat(groups).containsExactly(List.of(0), List.of(1, 2), List.of(3));
    }

    @Test
    void anInterruptedCallerWaitsAllTheSameAndStaysInterrupted() throws InterruptedException {
        GroupWork<Integer> work = new GroupWork<>(
                group -> {
                    if (groups.isEmpty()) {
                        slowly(group);
                    } else {
                        groups.add(group);
                    }
                },
                number -> 1);
        List<Boolean> interrupted = Collections.synchronizedList(new ArrayList<>());
        Thread first = start(() -> work.run(0));
        acquire(begun);
        Thread second = startWaiting(() -> {
            work.run(1);
            interrupted.add(Thread.interrupted());
        });
        second.interrupt();
        mayEnd.release();
        join(List.of(first, second));

        assertThat(groups).containsExactly(List.of(0), List.of(1));
        assertThat(interrupted).containsExactly(true);
    }
}
