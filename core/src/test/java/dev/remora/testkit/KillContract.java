package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remora.error.NotFoundException;
import dev.remora.event.ExecutionEvent;
import dev.remora.model.RetryPolicy;
import dev.remora.model.Status;
import dev.remora.model.Trigger;
import dev.remora.model.Workflow;
import dev.remora.spi.JobResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Kills. */
public abstract class KillContract extends EnginePart {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final List<ExecutionEvent> events = new CopyOnWriteArrayList<>();

    /** Creates the part. */
    protected KillContract() {}

    @Test
    void killStopsWhatRunsAndStartsNothingMore() {
        ManualRemora remora = manual();
        Workflow workflow = flow(builder -> builder.node("done", "OK")
                .node("a", "JOB")
                .node("b", "JOB", n -> n.after("a"))
                .node("off", "JOB", n -> n.after("a").disabled(true))
                .node("cleanUp", "JOB", n -> n.after("a").trigger(Trigger.ALL_DONE)));
        long execId = run(remora, workflow);
        remora.settle();
        remora.executor().kill(execId);
        assertThat(show(remora, execId))
                .isEqualTo("KILL/USER_KILL: done SUCCESS, a KILL/USER_KILL, b KILL/USER_KILL, off SKIPPED,"
                        + " cleanUp KILL/USER_KILL");
        assertThat(jobs.started()).hasSize(1);
    }

    @Test
    void killEndsARunThatWaitsForASlot() {
        ManualRemora remora = manual(builder -> builder.maxRunningNodes(1));
        long first = run(remora, single());
        remora.settle();
        long second = run(remora, single());
        assertThat(show(remora, second)).isEqualTo("WAITING_RES: a INIT");
        remora.executor().kill(second);
        assertThat(show(remora, second)).isEqualTo("KILL/USER_KILL: a KILL/USER_KILL");
        assertThat(remora.execution(second).startTime()).isEmpty();
        assertThat(remora.execution(second).duration()).isEmpty();
        jobs.job(first, "a").succeed();
        assertThat(status(remora, first)).isEqualTo(Status.SUCCESS);
        assertThat(jobs.started()).hasSize(1);
    }

    @Test
    void killEndsABackOff() {
        ManualRemora remora = manual();
        long execId = run(remora, flow(builder -> builder.node("a", "JOB", n -> n.retry(RetryPolicy.of(9)))));
        remora.settle();
        jobs.job("a").fail("1");
        remora.settle();
        remora.executor().kill(execId);
        assertThat(show(remora, execId)).isEqualTo("KILL/USER_KILL: a KILL/USER_KILL");
        remora.advance(Duration.ofDays(1));
        assertThat(jobs.started()).hasSize(1);
    }

    @Test
    void killEndsAPausedRun() {
        ManualRemora remora = manual();
        long execId = run(remora, flow(builder -> builder.node("a", "JOB").node("b", "JOB", n -> n.after("a"))));
        remora.settle();
        remora.executor().pause(execId);
        remora.executor().kill(execId);
        assertThat(show(remora, execId)).isEqualTo("KILL/USER_KILL: a KILL/USER_KILL, b KILL/USER_KILL");
    }

    @Test
    void killOfAnEndedRunDoesNothing() {
        ManualRemora remora = manual();
        long execId = run(remora, flow(builder -> builder.node("a", "OK")));
        remora.settle();
        remora.executor().kill(execId);
        remora.executor().kill(execId);
        assertThat(show(remora, execId)).isEqualTo("SUCCESS: a SUCCESS");
    }

    @Test
    void aSecondKillDoesNothing() {
        jobs.stopsWhenAsked(false);
        ManualRemora remora = manual(builder -> builder.killGrace(GRACE));
        long execId = run(remora, single());
        remora.settle();
        remora.executor().kill(execId);
        remora.advance(GRACE.dividedBy(2));
        remora.executor().kill(execId);
        assertThat(show(remora, execId)).isEqualTo("RUNNING/USER_KILL: a RUNNING/USER_KILL");
        jobs.job("a").fail("killed");
        assertThat(show(remora, execId)).isEqualTo("KILL/USER_KILL: a KILL/USER_KILL");
        assertThat(node(remora, execId, "a").endTime()).contains(ManualRemora.START.plus(GRACE.dividedBy(2)));
    }

    @Test
    void anUnknownExecutionCannotBeKilled() {
        ManualRemora remora = manual();
        assertThatThrownBy(() -> remora.executor().kill(4711))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("4711");
    }

    @Test
    void aJobThatEndedBeforeTheStopKeepsItsResult() {
        jobs.stopsWhenAsked(false);
        ManualRemora remora = manual();
        long execId = run(remora, single());
        remora.settle();
        remora.executor().kill(execId);
        remora.settle();
        jobs.job("a").end(JobResult.success().endedBeforeStop());
        assertThat(show(remora, execId)).isEqualTo("SUCCESS: a SUCCESS");
    }

    @Test
    void aJobThatSucceedsAfterTheStopIsKilled() {
        jobs.stopsWhenAsked(false);
        ManualRemora remora = manual();
        long execId = run(remora, single());
        remora.settle();
        remora.executor().kill(execId);
        remora.settle();
        jobs.job("a").succeed();
        assertThat(show(remora, execId)).isEqualTo("KILL/USER_KILL: a KILL/USER_KILL");
    }

    @Test
    void killAfterAFailureLeavesTheRunFailed() {
        jobs.stopsWhenAsked(false);
        ManualRemora remora = manual();
        long execId = run(remora, flow(builder -> builder.node("a", "JOB").node("b", "JOB")));
        remora.settle();
        jobs.job("a").fail("1");
        remora.settle();
        remora.executor().kill(execId);
        remora.settle();
        jobs.job("b").fail("killed");
        assertThat(show(remora, execId)).startsWith("FAILED/EXIT_CODE: a FAILED/EXIT_CODE, b KILL/");
    }

    @Test
    void aJavaNodeIsInterrupted() {
        ManualRemora remora = manual(builder -> builder.java("SLEEP", context -> {
            context.sleep(Duration.ofDays(365));
            return java.util.Map.of();
        }));
        long execId = run(remora, flow(builder -> builder.node("a", "SLEEP", n -> n.retry(RetryPolicy.of(3)))));
        remora.settle();
        remora.executor().kill(execId);
        assertThat(show(remora, execId)).isEqualTo("KILL/USER_KILL: a KILL/USER_KILL");
        assertThat(node(remora, execId, "a").attempt()).isEqualTo(1);
    }

    /** In real time, as a thread that blocks otherwise than by its context is never at rest. */
    @Test
    void aJavaNodeThatIgnoresItsStopKeepsItsSlotUntilItsThreadEnds() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        dev.remora.Remora remora = engine(builder -> builder.maxRunningNodes(1)
                .killGrace(Duration.ofMillis(50))
                .listener(events::add)
                .java("STUBBORN", context -> {
                    begun.countDown();
                    while (told.getCount() > 0) {
                        try {
                            told.await();
                        } catch (InterruptedException ignored) {
                            context.log().line("ignored");
                        }
                    }
                    return java.util.Map.of();
                }));
        try {
            long execId = run(remora, flow(builder -> builder.node("a", "STUBBORN")));
            until("a runs", () -> begun.getCount() == 0);
            remora.executor().kill(execId);
            assertThat(await(remora, execId).status()).isEqualTo(Status.KILL);
            assertThat(show(remora, execId)).isEqualTo("KILL/USER_KILL: a KILL/KILL_UNVERIFIED");
            until("the event comes", () -> heard(ExecutionEvent.KillUnverified.class) == 1);

            long waits = run(remora, flow(builder -> builder.node("b", "OK")));
            until("b waits", () -> status(remora, waits) == Status.WAITING_RES);
            assertThat(heard(ExecutionEvent.KillVerified.class)).isZero();
            told.countDown();
            assertThat(await(remora, waits).status()).isEqualTo(Status.SUCCESS);
            until("the event comes", () -> heard(ExecutionEvent.KillVerified.class) == 1);
            assertThat(show(remora, execId)).isEqualTo("KILL/USER_KILL: a KILL/KILL_UNVERIFIED");
        } finally {
            told.countDown();
        }
    }

    @Test
    void aJobThatCannotBeVerifiedGoneEndsItsNodeAfterGraceAndVerification() {
        jobs.stopsWhenAsked(false);
        ManualRemora remora = manual(
                builder -> builder.killGrace(GRACE).killVerification(GRACE).listener(events::add));
        long execId = run(remora, single());
        remora.settle();
        remora.executor().kill(execId);
        remora.advance(GRACE.multipliedBy(2).minusMillis(1));
        assertThat(show(remora, execId)).isEqualTo("RUNNING/USER_KILL: a RUNNING/USER_KILL");
        remora.advance(Duration.ofMillis(1));
        assertThat(show(remora, execId)).isEqualTo("KILL/USER_KILL: a KILL/KILL_UNVERIFIED");
        assertThat(jobs.job("a").isOver()).isFalse();
        jobs.job("a").succeed();
        assertThat(show(remora, execId)).isEqualTo("KILL/USER_KILL: a KILL/KILL_UNVERIFIED");
    }

    private long heard(Class<? extends ExecutionEvent> type) {
        return events.stream().filter(type::isInstance).count();
    }
}
