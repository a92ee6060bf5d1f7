package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.Remora;
import dev.remora.error.StorageException;
import dev.remora.model.BackfillRequest;
import dev.remora.model.Notification;
import dev.remora.model.NotifyType;
import dev.remora.model.OverlapPolicy;
import dev.remora.model.RerunRequest;
import dev.remora.model.Schedule;
import dev.remora.model.Status;
import dev.remora.spi.NoticeStore;
import dev.remora.spi.Notifier;
import dev.remora.spi.Storage;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Ends are told to those who want to hear of them. */
public abstract class NotificationContract extends EnginePart {
    private final Recorder recorder = new Recorder();

    /** Creates this part. */
    protected NotificationContract() {}

    /** Remembers what it was told, or fails. */
    private static final class Recorder implements Notifier {
        private final List<Notification> told = new ArrayList<>();
        private int failures;
        private int tries;

        @Override
        public synchronized void send(Notification notification) {
            tries++;
            if (failures > 0) {
                failures--;
                throw new IllegalStateException("meant to fail");
            }
            told.add(notification);
        }

        private synchronized List<String> told() {
            return told.stream()
                    .map(one -> one.execution().status() + " " + one.execution().round())
                    .toList();
        }

        private synchronized Notification last() {
            return told.get(told.size() - 1);
        }

        private synchronized int tries() {
            return tries;
        }

        private synchronized void failures(int count) {
            failures = count;
        }
    }

    private ManualRemora notified() {
        return manual(builder -> builder.notifier(recorder));
    }

    private long end(ManualRemora remora, NotifyType type, Status end) {
        long execId = run(remora, single(), request -> request.notifyType(type));
        switch (end) {
            case SUCCESS -> jobs.job(execId, "a").succeed();
            case FAILED -> {
                ScriptedJobType.Job job = jobs.job(execId, "a");
                for (int i = 1; i <= 30; i++) {
                    job.context().log().line("line " + i);
                }
                job.fail("meant to");
            }
            default -> remora.executor().kill(execId);
        }
        remora.settle();
        return execId;
    }

    @Test
    void tellsWhatIsWanted() {
        ManualRemora remora = notified();
        for (Status end : List.of(Status.SUCCESS, Status.FAILED, Status.KILL)) {
            for (NotifyType type : NotifyType.values()) {
                end(remora, type, end);
            }
        }

        assertThat(recorder.told())
                .containsExactly("SUCCESS 1", "SUCCESS 1", "FAILED 1", "FAILED 1", "KILL 1", "KILL 1");
    }

    @Test
    void anEndThatCannotBeReadDoesNotHoldUpTheOthers() {
        AtomicLong unreadable = new AtomicLong();
        Storage handle = fixture.open();
        Storage broken = new InterceptedStorage(handle, handle.commitsInline(), (method, arguments, call) -> {
            if (method.getName().equals("nodes") && arguments.get(0).equals(unreadable.get())) {
                throw new StorageException("meant to be unreadable", false);
            }
            return call.make();
        });
        try (ManualRemora remora =
                ManualRemora.start(broken, builder -> builder.jobType(jobs).notifier(recorder))) {
            // why: so both are due at the same time
            recorder.failures(2);
            long first = end(remora, NotifyType.ALL, Status.SUCCESS);
            end(remora, NotifyType.ALL, Status.KILL);
            unreadable.set(first);

            remora.advance(Duration.ofMinutes(1));
            assertThat(recorder.told()).containsExactly("KILL 1");

            unreadable.set(0);
            remora.advance(Duration.ofHours(1));
            assertThat(recorder.told()).containsExactly("KILL 1", "SUCCESS 1");
        }
    }

    /** The first call fails before its effect, the second one after it. */
    private static Storage failing(Storage handle, Method fails, AtomicInteger calls) {
        return new InterceptedStorage(handle, handle.commitsInline(), (method, arguments, call) -> {
            int number = method.equals(fails) ? calls.incrementAndGet() : Integer.MAX_VALUE;
            if (number == 1) {
                throw new StorageException(fails.getName() + " fails before its effect", true);
            }
            Object result = call.make();
            if (number == 2) {
                throw new StorageException(fails.getName() + " fails after its effect", true);
            }
            return result;
        });
    }

    @TestFactory
    Stream<DynamicTest> tellsOnceHoweverTheStoreOfTheNoticesFails() {
        return Arrays.stream(NoticeStore.class.getMethods())
                .map(method -> DynamicTest.dynamicTest(method.getName(), () -> {
                    Recorder heard = new Recorder();
                    heard.failures(3);
                    AtomicInteger calls = new AtomicInteger();
                    Storage failing = failing(fixture.open(), method, calls);
                    // why: after a call that failed an engine looks again with its next beat, which comes in real time
                    UnaryOperator<Remora.Builder> beating =
                            builder -> builder.jobType(jobs).notifier(heard).lease(Duration.ofSeconds(1));
                    try (ManualRemora remora = ManualRemora.start(failing, beating)) {
                        for (int i = 1; i <= 2; i++) {
                            int ends = i;
                            end(remora, NotifyType.ALL, Status.SUCCESS);
                            until("all ends are told", () -> {
                                remora.advance(Duration.ofHours(1));
                                return heard.told().size() >= ends;
                            });
                        }
                        until("both faults have happened", () -> {
                            remora.advance(Duration.ofHours(1));
                            return calls.get() > 2;
                        });
                    }
                    assertThat(heard.told()).containsExactly("SUCCESS 1", "SUCCESS 1");
                }));
    }

    @Test
    void tellsWhichNodesFailedAndTheEndOfTheirLogs() {
        ManualRemora remora = notified();
        long execId = end(remora, NotifyType.FAILURE, Status.FAILED);

        Notification told = recorder.last();
        assertThat(told.execution()).isEqualTo(remora.execution(execId));
        assertThat(told.failedCount()).isEqualTo(1);
        Notification.FailedNode node = told.failed().get(0);
        assertThat(node.name()).isEqualTo("a");
        assertThat(node.attempt()).isEqualTo(1);
        assertThat(node.message()).isEqualTo("meant to");
        assertThat(node.lastLines()).hasSize(20).startsWith("line 11").endsWith("line 30");
    }

    @Test
    void tellsOfEachRound() {
        ManualRemora remora = notified();
        long execId = end(remora, NotifyType.ALL, Status.FAILED);
        remora.executor().rerun(RerunRequest.failedPart(execId));
        jobs.job(execId, "a").succeed();
        remora.settle();

        assertThat(recorder.told()).containsExactly("FAILED 1", "SUCCESS 2");
    }

    @Test
    void tellsOfEachAttemptOfARunAndOfWaitsThatFailed() {
        ManualRemora remora = notified();
        remora.workflows().save(PROJECT, "source", single());
        remora.schedules()
                .save(Schedule.builder(PROJECT, "source", "0 0 * * * ?").build());
        remora.workflows().save(PROJECT, FLOW, single());
        remora.schedules()
                .save(Schedule.builder(PROJECT, FLOW, "0 0 * * * ?")
                        .waitFor("source")
                        .notifyType(NotifyType.ALL)
                        .waitTimeout(Duration.ofMinutes(5))
                        .build());
        remora.advance(Duration.ofMinutes(66));
        assertThat(recorder.told()).containsExactly("DEP_FAILED 1");

        remora.schedules()
                .save(Schedule.builder(PROJECT, FLOW, "0 0 * * * ?")
                        .attempts(2)
                        .notifyType(NotifyType.ALL)
                        .build());
        remora.advance(Duration.ofHours(1));
        long execId = SchedulePart.runs(remora).stream()
                .filter(one -> one.workflow().equals(FLOW) && one.status() == Status.RUNNING)
                .findFirst()
                .orElseThrow()
                .execId();
        jobs.job(execId, "a", 1).fail("first");
        remora.settle();
        jobs.job(execId, "a", 2).succeed();
        remora.settle();
        assertThat(recorder.told()).containsExactly("DEP_FAILED 1", "FAILED 1", "SUCCESS 2");
    }

    @Test
    void tellsOfAScheduledRunThatCouldNotBeMade() {
        ManualRemora remora = notified();
        remora.workflows().save(PROJECT, FLOW, single());
        remora.schedules()
                .save(Schedule.builder(PROJECT, FLOW, "0 0 * * * ?")
                        .nodes("a")
                        .notifyType(NotifyType.FAILURE)
                        .build());
        remora.workflows().save(PROJECT, FLOW, flow(builder -> builder.node("b", "OK")));
        remora.advance(Duration.ofHours(1));

        assertThat(recorder.told()).containsExactly("FAILED 1");
        assertThat(recorder.last().failed()).isEmpty();
    }

    @Test
    void saysNothingOfReplacedRunsAndCancelledBackfills() {
        ManualRemora remora = notified();
        remora.workflows().save(PROJECT, FLOW, single());
        remora.schedules()
                .save(Schedule.builder(PROJECT, FLOW, "0 0 * * * ?")
                        .overlap(OverlapPolicy.REPLACE)
                        .notifyType(NotifyType.ALL)
                        .build());
        remora.advance(Duration.ofHours(3));
        long backfill = remora.backfills()
                .start(BackfillRequest.builder(
                                PROJECT, FLOW, ManualRemora.START.minus(Duration.ofHours(5)), ManualRemora.START)
                        .notifyType(NotifyType.ALL)
                        .build())
                .id();
        remora.settle();
        remora.backfills().cancel(backfill);
        remora.settle();

        assertThat(recorder.told()).isEmpty();
    }

    @Test
    void triesAgainWithPausesThatGrow() {
        ManualRemora remora = notified();
        recorder.failures(3);
        end(remora, NotifyType.ALL, Status.SUCCESS);
        assertThat(recorder.tries()).isEqualTo(1);
        remora.advance(Duration.ofSeconds(29));
        assertThat(recorder.tries()).isEqualTo(1);
        remora.advance(Duration.ofSeconds(1));
        assertThat(recorder.tries()).isEqualTo(2);
        remora.advance(Duration.ofSeconds(60));
        assertThat(recorder.tries()).isEqualTo(3);
        assertThat(recorder.told()).isEmpty();
        remora.advance(Duration.ofSeconds(120));

        assertThat(recorder.told()).containsExactly("SUCCESS 1");
        remora.advance(Duration.ofDays(2));
        assertThat(recorder.tries()).isEqualTo(4);
    }

    @Test
    void givesUpInTheEnd() {
        ManualRemora remora = notified();
        recorder.failures(Integer.MAX_VALUE);
        end(remora, NotifyType.ALL, Status.SUCCESS);

        remora.advance(Duration.ofDays(3));

        assertThat(recorder.tries()).isEqualTo(30);
    }

    @Test
    void oneThatFailsDoesNotMakeTheOtherTellTwice() {
        Recorder other = new Recorder();
        ManualRemora remora = manual(builder -> builder.notifier(recorder).notifier(other));
        other.failures(2);
        end(remora, NotifyType.ALL, Status.SUCCESS);
        remora.advance(Duration.ofHours(1));

        assertThat(recorder.tries()).isEqualTo(1);
        assertThat(other.told()).hasSize(1);
    }

    @Test
    void oneThatHangsHoldsUpNoRun() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Remora remora = engine(builder -> builder.notifier(notification -> {
            called.countDown();
            over.await();
        }));
        long first =
                run(remora, flow(builder -> builder.node("a", "OK")), request -> request.notifyType(NotifyType.ALL));
        await(remora, first);
        assertThat(called.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

        long second =
                run(remora, flow(builder -> builder.node("a", "OK")), request -> request.notifyType(NotifyType.ALL));

        assertThat(await(remora, second).status()).isEqualTo(Status.SUCCESS);
        over.countDown();
    }

    @Test
    void anotherEngineTellsWhatOneCouldNot() {
        ManualClock clock = new ManualClock(ManualRemora.START);
        recorder.failures(Integer.MAX_VALUE);
        ManualRemora first = manual(clock, jobs, builder -> builder.notifier(recorder));
        end(first, NotifyType.ALL, Status.SUCCESS);
        first.close();
        Recorder other = new Recorder();
        ManualClock later = new ManualClock(ManualRemora.START.plus(Duration.ofHours(1)));

        manual(later, jobs.another(), builder -> builder.name("second").notifier(other))
                .settle();

        assertThat(other.told()).containsExactly("SUCCESS 1");
    }
}
