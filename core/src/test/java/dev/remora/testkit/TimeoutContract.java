package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.RetryPolicy;
import dev.remora.model.Status;
import dev.remora.model.Trigger;
import dev.remora.model.Workflow;
import dev.remora.spi.Storage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The time allowed for an attempt, and for an execution. */
public abstract class TimeoutContract extends EnginePart {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration MOMENT = Duration.ofMillis(1);

    /** Creates the part. */
    protected TimeoutContract() {}

    private static Workflow limited(RetryPolicy retry) {
        return flow(builder -> builder.node("a", "JOB", n -> n.timeout(MINUTE).retry(retry)));
    }

    @Test
    void anAttemptIsStoppedWhenItsTimeIsUp() {
        ManualRemora remora = manual();
        long execId = run(remora, limited(RetryPolicy.NONE));
        remora.advance(MINUTE.minus(MOMENT));
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a RUNNING");
        remora.advance(MOMENT);
        assertThat(show(remora, execId)).isEqualTo("FAILED/TIMEOUT: a FAILED/TIMEOUT");
        assertThat(jobs.started().get(0).stopRequested()).isTrue();
        assertThat(node(remora, execId, "a").message()).contains("60000 ms");
    }

    /** As when the storage is away just then. */
    private ManualRemora thatTakesLongToStoreAStart(Duration time) {
        ManualClock clock = new ManualClock(ManualRemora.START);
        AtomicBoolean slow = new AtomicBoolean(true);
        Storage handle = fixture.open();
        Storage slowOnce = new InterceptedStorage(handle, false, (method, call) -> {
            if (method.equals("commit") && slow.getAndSet(false)) {
                clock.sleep(time);
            }
            return call.make();
        });
        return ManualRemora.start(slowOnce, clock, builder -> builder.jobType(jobs));
    }

    @Test
    void theTimeOfAnAttemptBeginsWhenItsStartIsStored() {
        Duration late = MINUTE.multipliedBy(5).plusSeconds(30);
        try (ManualRemora remora = thatTakesLongToStoreAStart(late)) {
            long execId = run(remora, limited(RetryPolicy.NONE), request -> request.timeout(MINUTE.plusSeconds(1)));
            remora.advance(late);
            assertThat(jobs.job(execId, "a", 1).stopRequested()).isFalse();
            assertThat(node(remora, execId, "a").startTime()).contains(ManualRemora.START.plus(late));
            remora.advance(MINUTE.minus(MOMENT));
            assertThat(show(remora, execId)).isEqualTo("RUNNING: a RUNNING");
            remora.advance(MOMENT);
            assertThat(show(remora, execId)).isEqualTo("FAILED/TIMEOUT: a FAILED/TIMEOUT");
        }
    }

    @Test
    void theTimeOfAnExecutionBeginsWhenItsFirstStartIsStored() {
        Duration late = MINUTE.multipliedBy(5);
        try (ManualRemora remora = thatTakesLongToStoreAStart(late)) {
            long execId = run(remora, single(), request -> request.timeout(MINUTE));
            remora.advance(late);
            remora.advance(MINUTE.minus(MOMENT));
            assertThat(show(remora, execId)).isEqualTo("RUNNING: a RUNNING");
            remora.advance(MOMENT);
            assertThat(show(remora, execId)).isEqualTo("FAILED/TIMEOUT: a KILL/EXECUTION_TIMEOUT");
        }
    }

    @Test
    void aTimeoutIsTriedAgain() {
        ManualRemora remora = manual();
        long execId = run(remora, limited(RetryPolicy.of(2)));
        remora.advance(MINUTE);
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a WAITING_RES/TIMEOUT");
        remora.advance(Duration.ofSeconds(1));
        jobs.job("a").succeed();
        assertThat(show(remora, execId)).isEqualTo("SUCCESS: a SUCCESS");
    }

    @Test
    void theNextAttemptWaitsUntilTheOneBeforeIsGone() {
        jobs.stopsWhenAsked(false);
        ManualRemora remora = manual(builder -> builder.killGrace(MINUTE).killVerification(MINUTE));
        long execId = run(remora, limited(RetryPolicy.of(2)));
        remora.advance(MINUTE.plusSeconds(100));
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a RUNNING/TIMEOUT");
        assertThat(jobs.started()).hasSize(1);
        jobs.job("a").succeed();
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a WAITING_RES/TIMEOUT");
        remora.advance(Duration.ofSeconds(1));
        assertThat(jobs.started()).hasSize(2);
        jobs.job("a").succeed();
        assertThat(show(remora, execId)).isEqualTo("SUCCESS: a SUCCESS");
    }

    @Test
    void aTimedOutJobThatCannotBeVerifiedGoneIsNotTriedAgain() {
        jobs.stopsWhenAsked(false);
        ManualRemora remora = manual(builder -> builder.killGrace(MINUTE).killVerification(MINUTE));
        long execId = run(remora, limited(RetryPolicy.of(2)));
        remora.advance(MINUTE.multipliedBy(3));
        assertThat(show(remora, execId)).isEqualTo("FAILED/TIMEOUT: a FAILED/TIMEOUT");
        assertThat(node(remora, execId, "a").message()).contains("verified");
        jobs.job("a").succeed();
        remora.advance(MINUTE);
        assertThat(jobs.started()).hasSize(1);
        assertThat(show(remora, execId)).isEqualTo("FAILED/TIMEOUT: a FAILED/TIMEOUT");
    }

    @Test
    void anExecutionEndsWhenItsTimeIsUp() {
        ManualRemora remora = manual();
        Workflow workflow = flow(builder -> builder.node("a", "JOB")
                .node("b", "JOB", n -> n.after("a"))
                .node("cleanUp", "JOB", n -> n.after("a").trigger(Trigger.ALL_DONE))
                .node("done", "OK"));
        long execId = run(remora, workflow, request -> request.timeout(MINUTE));
        remora.advance(MINUTE);
        assertThat(show(remora, execId))
                .isEqualTo("FAILED/TIMEOUT: a KILL/EXECUTION_TIMEOUT, b KILL/EXECUTION_TIMEOUT,"
                        + " cleanUp KILL/EXECUTION_TIMEOUT, done SUCCESS");
        assertThat(jobs.started()).hasSize(1);
    }

    @Test
    void theTimeOfAnExecutionIncludesBackOffs() {
        ManualRemora remora = manual();
        Workflow workflow = flow(builder ->
                builder.node("a", "JOB", n -> n.retry(RetryPolicy.of(2).withBackoff(MINUTE))));
        long execId = run(remora, workflow, request -> request.timeout(MINUTE));
        remora.settle();
        jobs.job("a").fail("1");
        remora.advance(MINUTE);
        assertThat(show(remora, execId)).isEqualTo("FAILED/TIMEOUT: a KILL/EXECUTION_TIMEOUT");
    }

    @Test
    void theTimeOfAnExecutionBeginsWithItsFirstNode() {
        ManualRemora remora = manual(builder -> builder.maxRunningNodes(1));
        long first = run(remora, single());
        remora.settle();
        long second = run(remora, single(), request -> request.timeout(MINUTE));
        remora.advance(Duration.ofHours(1));
        assertThat(show(remora, second)).isEqualTo("WAITING_RES: a INIT");
        jobs.job(first, "a").succeed();
        remora.advance(MINUTE.minus(MOMENT));
        assertThat(status(remora, second)).isEqualTo(Status.RUNNING);
        remora.advance(MOMENT);
        assertThat(show(remora, second)).isEqualTo("FAILED/TIMEOUT: a KILL/EXECUTION_TIMEOUT");
    }

    @Test
    void theClockOfAnExecutionStandsStillDuringAPause() {
        ManualRemora remora = manual();
        long execId = run(remora, single(), request -> request.timeout(MINUTE));
        remora.advance(Duration.ofSeconds(20));
        remora.executor().pause(execId);
        remora.advance(Duration.ofDays(2));
        assertThat(show(remora, execId)).isEqualTo("PAUSED: a RUNNING");
        remora.executor().resume(execId);
        remora.advance(Duration.ofSeconds(40).minus(MOMENT));
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a RUNNING");
        remora.advance(MOMENT);
        assertThat(show(remora, execId)).isEqualTo("FAILED/TIMEOUT: a KILL/EXECUTION_TIMEOUT");
    }

    @Test
    void theClockOfARunningAttemptGoesOnDuringAPause() {
        ManualRemora remora = manual();
        long execId = run(remora, limited(RetryPolicy.NONE));
        remora.settle();
        remora.executor().pause(execId);
        remora.advance(MINUTE);
        assertThat(show(remora, execId)).isEqualTo("FAILED/TIMEOUT: a FAILED/TIMEOUT");
    }
}
