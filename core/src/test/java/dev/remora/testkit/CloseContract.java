package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remora.Remora;
import dev.remora.error.EngineClosedException;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.OnLost;
import dev.remora.model.RerunRequest;
import dev.remora.model.RetryPolicy;
import dev.remora.model.RunRequest;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Engines end, and the next one on the same data goes on. */
public abstract class CloseContract extends EnginePart {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Creates the part. */
    protected CloseContract() {}

    private static Workflow chain() {
        return flow(builder -> builder.node("a", "JOB").node("b", "JOB", n -> n.after("a")));
    }

    private static Remora.Builder hurried(Remora.Builder builder) {
        return builder.killGrace(Duration.ZERO).killVerification(Duration.ofMillis(1));
    }

    /** The engine dies: what it has stored is all that is left, and its jobs go on. */
    private void die(ManualRemora remora, ScriptedJobType type) {
        remora.settle();
        type.abandon();
        remora.close();
    }

    private ManualRemora next(ManualRemora before, ScriptedJobType type) {
        ManualClock clock = new ManualClock(before.clock().instant());
        return manual(clock, type, CloseContract::hurried);
    }

    @Test
    void closeWaitsForRunningNodesAndStartsNothingNew() throws Exception {
        Remora remora = engine();
        long execId = run(remora, chain());
        jobs.job("a");
        CompletableFuture<Boolean> closing = new CompletableFuture<>();
        Thread thread = new Thread(() -> closing.complete(remora.close(LIMIT)));
        thread.start();
        until("the engine is closing", () -> isClosed(remora));
        jobs.job("a").succeed();
        assertThat(closing.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        thread.join();
        assertThat(jobs.started()).hasSize(1);

        ScriptedJobType nextJobs = jobs.another();
        Remora next = engine(fixture.open(), nextJobs, builder -> builder);
        nextJobs.job(execId, "b", 1).succeed();
        assertThat(await(next, execId).status()).isEqualTo(Status.SUCCESS);
        assertThat(show(next, execId)).isEqualTo("SUCCESS: a SUCCESS, b SUCCESS");
        assertThat(node(next, execId, "a").attempt()).isEqualTo(1);
    }

    private static boolean isClosed(Remora remora) {
        try {
            remora.executor().plan(RunRequest.of(PROJECT, FLOW));
            return false;
        } catch (EngineClosedException closed) {
            return true;
        }
    }

    @Test
    void closeWithoutPatienceStopsRunningNodesWhichRunAgain() throws InterruptedException {
        Remora remora = engine();
        long execId = run(remora, chain());
        ScriptedJobType.Job job = jobs.job("a");
        assertThat(remora.close(Duration.ZERO)).isFalse();
        assertThat(job.stopRequested()).isTrue();
        job.vanish();
        Remora next = engine(fixture.open(), jobs.another(), builder -> builder);
        jobs.job(execId, "a", 2).succeed();
        jobs.job(execId, "b", 1).succeed();
        assertThat(await(next, execId).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void aJavaNodeIsInterruptedAndRunsAgain() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        Remora remora = engine(builder -> builder.java("SLEEP", context -> {
            runs.incrementAndGet();
            context.sleep(Duration.ofHours(1));
            return Map.of();
        }));
        long execId = run(remora, flow(builder -> builder.node("a", "SLEEP")));
        until("a runs", () -> runs.get() == 1);
        assertThat(remora.close(Duration.ZERO)).isFalse();
        Remora next = engine(builder -> builder.java("SLEEP", context -> {
            runs.incrementAndGet();
            return Map.of("again", "yes");
        }));
        assertThat(await(next, execId).status()).isEqualTo(Status.SUCCESS);
        assertThat(runs).hasValue(2);
        assertThat(node(next, execId, "a").attempt()).isEqualTo(2);
    }

    @Test
    void aClosedEngineTakesNothing() throws InterruptedException {
        Remora remora = engine();
        long execId = run(remora, flow(builder -> builder.node("a", "OK")));
        await(remora, execId);
        assertThat(remora.close(LIMIT)).isTrue();
        remora.close();
        List<ThrowingCallable> calls = List.of(
                () -> remora.executor().run(RunRequest.of(PROJECT, FLOW)),
                () -> remora.executor().runDirect(DirectRunRequest.of(PROJECT, "once", single())),
                () -> remora.executor().plan(RunRequest.of(PROJECT, FLOW)),
                () -> remora.executor().kill(execId),
                () -> remora.executor().pause(execId),
                () -> remora.executor().resume(execId),
                () -> remora.executor().rerun(RerunRequest.all(execId)),
                () -> remora.workflows().save(PROJECT, FLOW, single()),
                () -> remora.workflows().delete(PROJECT, FLOW),
                () -> remora.as("ann").executor().kill(execId));
        for (ThrowingCallable call : calls) {
            assertThatThrownBy(call).isInstanceOf(EngineClosedException.class).hasMessageContaining("remora");
        }
    }

    @Test
    void aClosedEngineLeavesNoThread() throws InterruptedException {
        Remora remora = engine(builder -> builder.name("leaving").listener(event -> {}));
        await(remora, run(remora, RunningContract.diamond("OK")));
        remora.close(LIMIT);
        until(
                "its threads are gone",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("remora-leaving-")));
    }

    @Test
    void theNextEngineFindsRunningJobsAgain() {
        ManualRemora remora = manual(CloseContract::hurried);
        long execId = run(remora, chain());
        die(remora, jobs);
        ScriptedJobType nextJobs = jobs.another();
        ManualRemora next = next(remora, nextJobs);
        assertThat(show(next, execId)).isEqualTo("RUNNING: a RUNNING, b WAITING_DEP");
        assertThat(jobs.started()).hasSize(1);
        nextJobs.job("a").succeed(Map.of("rows", "17"));
        assertThat(show(next, execId)).isEqualTo("RUNNING: a SUCCESS, b RUNNING");
        assertThat(node(next, execId, "a").attempt()).isEqualTo(1);
        assertThat(node(next, execId, "a").outputs()).isEqualTo(Map.of("rows", "17"));
        nextJobs.job("b").succeed();
        assertThat(show(next, execId)).isEqualTo("SUCCESS: a SUCCESS, b SUCCESS");
    }

    @Test
    void aFinishedNodeNeverRunsAgain() {
        ManualRemora remora = manual(CloseContract::hurried);
        long execId = run(remora, chain());
        remora.settle();
        jobs.job("a").succeed();
        die(remora, jobs);
        jobs.started().get(1).vanish();
        ManualRemora next = next(remora, jobs.another());
        assertThat(show(next, execId)).isEqualTo("RUNNING: a SUCCESS, b RUNNING");
        assertThat(node(next, execId, "b").attempt()).isEqualTo(2);
        assertThat(node(next, execId, "a").attempt()).isEqualTo(1);
    }

    @Test
    void aNodeThatIsLostThreeTimesHasFailed() {
        ManualRemora remora = manual(CloseContract::hurried);
        long execId = run(remora, single());
        ScriptedJobType type = jobs;
        for (int loss = 1; loss <= 3; loss++) {
            remora.settle();
            assertThat(node(remora, execId, "a").attempt()).isEqualTo(loss);
            type.job("a").vanish();
            die(remora, type);
            type = type.another();
            remora = next(remora, type);
        }
        assertThat(show(remora, execId)).isEqualTo("FAILED/LOST: a FAILED/LOST");
        assertThat(jobs.started()).hasSize(3);
    }

    @Test
    void aNodeThatMustNotRunAgainHasFailedWhenLost() {
        ManualRemora remora = manual(CloseContract::hurried);
        long execId = run(
                remora,
                flow(builder ->
                        builder.node("a", "JOB", n -> n.onLost(OnLost.FAIL).retry(RetryPolicy.of(5)))));
        remora.settle();
        jobs.job("a").vanish();
        die(remora, jobs);
        ManualRemora next = next(remora, jobs.another());
        assertThat(show(next, execId)).isEqualTo("FAILED/LOST: a FAILED/LOST");
    }

    @Test
    void backOffsAndTimeoutsGoOnWithWhatIsLeft() {
        ManualRemora remora = manual(CloseContract::hurried);
        long backingOff = run(
                remora,
                flow(builder ->
                        builder.node("a", "JOB", n -> n.retry(RetryPolicy.of(2).withBackoff(MINUTE)))));
        remora.settle();
        jobs.job("a").fail("1");
        remora.settle();
        long limited = run(remora, flow(builder -> builder.node("n", "JOB", n -> n.timeout(MINUTE))));
        long whole = run(
                remora, flow(builder -> builder.node("w", "JOB")), request -> request.timeout(MINUTE.plusSeconds(10)));
        remora.advance(Duration.ofSeconds(20));
        die(remora, jobs);

        ManualRemora next = next(remora, jobs.another());
        next.advance(Duration.ofSeconds(39));
        assertThat(show(next, backingOff)).isEqualTo("RUNNING: a WAITING_RES/EXIT_CODE");
        assertThat(show(next, limited)).isEqualTo("RUNNING: n RUNNING");
        next.advance(Duration.ofSeconds(1));
        assertThat(show(next, backingOff)).isEqualTo("RUNNING: a RUNNING");
        assertThat(show(next, limited)).isEqualTo("FAILED/TIMEOUT: n FAILED/TIMEOUT");
        assertThat(show(next, whole)).isEqualTo("RUNNING: w RUNNING");
        next.advance(Duration.ofSeconds(10));
        assertThat(show(next, whole)).isEqualTo("FAILED/TIMEOUT: w KILL/EXECUTION_TIMEOUT");
    }

    @Test
    void timeThatPassedBetweenTwoEnginesCounts() {
        ManualRemora remora = manual(CloseContract::hurried);
        long execId = run(remora, single(), request -> request.timeout(MINUTE));
        die(remora, jobs);
        ManualRemora next =
                manual(new ManualClock(ManualRemora.START.plus(MINUTE)), jobs.another(), CloseContract::hurried);
        next.advance(Duration.ZERO);
        assertThat(show(next, execId)).isEqualTo("FAILED/TIMEOUT: a KILL/EXECUTION_TIMEOUT");
    }

    @Test
    void aPauseAndAKillOutliveTheirEngine() {
        jobs.stopsWhenAsked(false);
        ManualRemora remora = manual(CloseContract::hurried);
        long paused = run(remora, chain());
        remora.settle();
        jobs.job(paused, "a").succeed();
        remora.settle();
        jobs.job(paused, "b");
        long held = run(remora, chain());
        remora.settle();
        remora.executor().pause(held);
        jobs.job(held, "a").succeed();
        assertThat(show(remora, held)).isEqualTo("PAUSED: a SUCCESS, b WAITING_RES");
        die(remora, jobs);
        ScriptedJobType nextJobs = jobs.another();
        ManualRemora next = next(remora, nextJobs);
        next.advance(Duration.ofHours(1));
        assertThat(show(next, held)).isEqualTo("PAUSED: a SUCCESS, b WAITING_RES");
        next.executor().resume(held);
        assertThat(show(next, held)).isEqualTo("RUNNING: a SUCCESS, b RUNNING");
        next.executor().kill(paused);
        assertThat(show(next, paused)).isEqualTo("KILL/USER_KILL: a SUCCESS, b KILL/USER_KILL");
    }
}
