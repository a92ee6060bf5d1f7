package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remora.Remora;
import dev.remora.error.ExecutionStateException;
import dev.remora.error.LeaseLostException;
import dev.remora.event.ExecutionEvent;
import dev.remora.model.Cause;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.LogRequest;
import dev.remora.model.OnLost;
import dev.remora.model.RerunRequest;
import dev.remora.model.RunRequest;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.spi.Command;
import dev.remora.spi.EngineStore.Registration;
import dev.remora.spi.JobContext;
import dev.remora.spi.JobResult;
import dev.remora.spi.Lease;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two engines on the same data. */
public abstract class SharedContract extends EnginePart {
    /** A lease that is not renewed within a test. */
    private static final Duration LONG_LEASE = Duration.ofHours(1);

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

    private static final Duration SHORT_LEASE = Duration.ofSeconds(2);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final String AT = "$[yyyyMMddHHmm]";

    private final List<Lease> leases = new CopyOnWriteArrayList<>();

    /** Creates the part. */
    protected SharedContract() {}

    private static Workflow chain() {
        return flow(builder -> builder.node("a", "JOB").node("b", "JOB", n -> n.after("a")));
    }

    /** An engine that looks for commands, and for executions to take over, several times a second. */
    private Remora quick(String name, ScriptedJobType type) {
        return engine(
                watched(),
                type,
                builder -> builder.name(name)
                        .lease(SHORT_LEASE)
                        .killGrace(Duration.ZERO)
                        .killVerification(LONG_ENOUGH));
    }

    /** An engine that does not renew its lease within a test. */
    private Remora slow(String name, ScriptedJobType type) {
        return engine(
                watched(),
                type,
                builder -> builder.name(name)
                        .lease(LONG_LEASE)
                        .killGrace(Duration.ZERO)
                        .killVerification(MOMENT));
    }

    private dev.remora.spi.Storage watched() {
        dev.remora.spi.Storage handle = fixture.open();
        return new InterceptedStorage(handle, handle.commitsInline(), (method, call) -> {
            Object result = call.make();
            if (result instanceof Lease lease) {
                leases.add(lease);
            } else if (result instanceof Registration answer && answer.granted()) {
                leases.add(answer.lease());
            }
            return result;
        });
    }

    /** The lease of an engine runs out. */
    private void expire(String engine) {
        for (Lease lease : leases) {
            if (lease.engine().equals(engine)) {
                storage.engines().renew(lease, MOMENT);
            }
        }
        fixture.passTime(MOMENT);
    }

    /** Waits until all that the start of node a brings is stored, so that its engine has nothing more to write. */
    private void untilStored(long execId) throws InterruptedException {
        until(
                "the start of a and its token are stored",
                () -> storage.executions().nodes(execId).stream()
                        .anyMatch(node -> !node.token().isEmpty()));
    }

    @Test
    void anEngineThatStoodStillStartsNothingThatAnotherHas() throws InterruptedException {
        Duration lease = Duration.ofSeconds(1);
        CountDownLatch stands = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        dev.remora.spi.Storage handle = watched();
        Remora frozen = engine(
                new InterceptedStorage(handle, false, (method, call) -> {
                    boolean last = method.equals("commit") && stands.getCount() > 0;
                    Object result = last ? call.make() : null;
                    if (last) {
                        stands.countDown();
                    }
                    if (stands.getCount() == 0) {
                        assertThat(goesOn.await(LIMIT.toSeconds(), TimeUnit.SECONDS))
                                .isTrue();
                    }
                    return last ? result : call.make();
                }),
                jobs,
                builder -> builder.name("frozen").lease(lease));
        long execId = run(frozen, single());
        until("it stands still between the record of the start and the start", () -> stands.getCount() == 0);
        // why: whatever it has renewed its lease with began before
        long stood = System.nanoTime();
        expire("frozen");
        until("its lease has run out", () -> System.nanoTime() - stood > lease.toNanos());
        Remora other = quick("other", jobs.another());
        jobs.job(execId, "a", 2).succeed();
        assertThat(await(other, execId).status()).isEqualTo(Status.SUCCESS);

        goesOn.countDown();

        until(
                "it has another lease",
                () -> leases.stream()
                                .filter(one -> one.engine().equals("frozen"))
                                .count()
                        > 1);
        assertThat(jobs.started()).extracting(job -> job.context().attempt()).containsExactly(2);
    }

    @Test
    void anUnsavedNameThatComesBackIsNewToOtherEnginesToo() throws InterruptedException {
        Remora runs = engine();
        Remora looks = engine(fixture.open(), ScriptedJobType.named("JOB"), builder -> builder.name("looks"));
        for (String node : List.of("before", "after")) {
            Workflow workflow = flow(builder -> builder.node(node, "OK"));
            long execId = runs.executor().runDirect(DirectRunRequest.of(PROJECT, "loose", workflow));
            await(runs, execId);

            assertThat(show(looks, execId)).isEqualTo("SUCCESS: " + node + " SUCCESS");
            assertThat(Samples.purge(storage, List.of(execId))).isEqualTo(1);
        }
        runs.workflows().save(PROJECT, "loose", single());
        assertThat(looks.executor()
                        .plan(RunRequest.of(PROJECT, "loose"))
                        .steps()
                        .get(0)
                        .node())
                .isEqualTo("a");
    }

    @Test
    void commandsReachTheEngineThatOwnsTheExecution() throws InterruptedException {
        Remora owner = quick("owner", jobs);
        Remora other = quick("other", jobs.another());
        long execId = run(owner, chain());
        jobs.job("a");
        other.executor().pause(execId);
        until("it is paused", () -> status(owner, execId) == Status.PAUSED);
        jobs.job("a").succeed();
        until("a has ended", () -> node(owner, execId, "a").status() == Status.SUCCESS);
        assertThat(jobs.started()).hasSize(1);
        other.executor().resume(execId);
        jobs.job("b");
        other.executor().kill(execId);
        assertThat(await(other, execId).status()).isEqualTo(Status.KILL);
        assertThat(show(other, execId)).isEqualTo("KILL/USER_KILL: a SUCCESS, b KILL/USER_KILL");
        assertThatThrownBy(() -> other.executor().pause(execId)).isInstanceOf(ExecutionStateException.class);
        other.executor().kill(execId);
    }

    @Test
    void eitherEngineCanRerunAndThenOwnsTheExecution() throws InterruptedException {
        Remora first = quick("first", jobs);
        ScriptedJobType secondJobs = jobs.another();
        Remora second = quick("second", secondJobs);
        long execId = run(first, chain());
        jobs.job("a").fail("1");
        await(first, execId);
        second.executor().rerun(RerunRequest.failedPart(execId));
        jobs.job(execId, "a", 2);
        assertThat(show(second, execId)).isEqualTo("RUNNING: a RUNNING, b WAITING_DEP");
        assertThatThrownBy(() -> first.executor().rerun(RerunRequest.all(execId)))
                .isInstanceOf(ExecutionStateException.class);
        jobs.job(execId, "a", 2).succeed();
        jobs.job(execId, "b", 1).succeed();
        assertThat(await(first, execId).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void aCommandThatComesTooLateDoesNotTouchTheNextRound() throws InterruptedException {
        Remora owner = quick("owner", jobs);
        long execId = run(owner, single());
        jobs.job("a").fail("1");
        await(owner, execId);
        storage.executions().send(execId, new Command.Kill(Cause.USER_KILL));
        Lease lease = leases.get(0);
        owner.executor().rerun(RerunRequest.failedPart(execId));
        assertThat(storage.executions().commands(lease, 10)).isEmpty();
        jobs.job(execId, "a", 2).succeed();
        assertThat(await(owner, execId).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void anEngineWhoseLeaseIsOverLosesItsExecutions() throws InterruptedException {
        Remora old = slow("old", jobs);
        long execId = run(old, chain());
        ScriptedJobType.Job job = jobs.job("a");
        untilStored(execId);
        jobs.stopsWhenAsked(false);
        ScriptedJobType nextJobs = jobs.another();
        Remora next = quick("next", nextJobs);
        expire("old");
        until("the next engine has found the job", () -> job.context() != null && owns("next", execId));
        jobs.abandon();
        job.context().log().line("still here");
        nextJobs.job("a").succeed();
        nextJobs.job(execId, "b", 1).succeed();
        assertThat(await(next, execId).status()).isEqualTo(Status.SUCCESS);
        assertThat(show(next, execId)).isEqualTo("SUCCESS: a SUCCESS, b SUCCESS");
        assertThat(node(next, execId, "a").attempt()).isEqualTo(1);
        assertThat(jobs.started()).hasSize(2);
    }

    /** Only who owns an execution may commit a change of it, even an empty one. */
    private boolean owns(String engine, long execId) {
        return leases.stream().anyMatch(lease -> {
            try {
                dev.remora.spi.ExecutionState state =
                        storage.executions().find(execId).orElseThrow().state();
                if (!lease.engine().equals(engine)) {
                    return false;
                }
                storage.executions()
                        .commit(lease, List.of(new dev.remora.spi.ExecutionChange(execId, state, List.of(), false)));
                return true;
            } catch (dev.remora.error.LeaseLostException lost) {
                return false;
            }
        });
    }

    @Test
    void theTimeOfARunStaysThatOfItsZoneWhenAnEngineInAnotherZoneGoesOn() throws InterruptedException {
        Remora tokyo = engine(watched(), jobs, builder -> builder.name("tokyo").zone(ZoneId.of("Asia/Tokyo")));
        Workflow workflow = flow(builder -> builder.node("a", "JOB", n -> n.parameter("at", AT))
                .node("b", "JOB", n -> n.after("a").parameter("at", AT)));
        Instant time = Instant.parse("2026-01-05T18:30:00Z");
        List<Long> all = List.of(
                run(tokyo, workflow, request -> request.scheduleTime(time)),
                tokyo.executor()
                        .runDirect(DirectRunRequest.builder(PROJECT, "loose", workflow)
                                .scheduleTime(time)
                                .build()));
        for (long execId : all) {
            assertThat(at(jobs.job(execId, "a"))).isEqualTo("202601060330");
        }
        tokyo.close();

        ScriptedJobType nextJobs = ScriptedJobType.named("JOB");
        Remora newYork = engine(
                watched(),
                nextJobs,
                builder -> builder.name("new-york").lease(SHORT_LEASE).zone(ZoneId.of("America/New_York")));

        for (long execId : all) {
            nextJobs.job(execId, "a").succeed();
            ScriptedJobType.Job later = nextJobs.job(execId, "b");
            assertThat(at(later)).isEqualTo("202601060330");
            later.succeed();
            assertThat(await(newYork, execId).status()).isEqualTo(Status.SUCCESS);
            newYork.executor().rerun(RerunRequest.all(execId));
            assertThat(at(nextJobs.job(execId, "a"))).isEqualTo("202601060330");
        }
    }

    private static String at(ScriptedJobType.Job job) {
        return job.context().parameter().get("at").asText();
    }

    @Test
    void whatTheOldEngineStillHearsIsNotStored() throws InterruptedException {
        Remora old = slow("old", jobs);
        long execId = run(old, chain());
        ScriptedJobType.Job job = jobs.job("a");
        untilStored(execId);
        job.vanish();
        ScriptedJobType nextJobs = ScriptedJobType.named("JOB");
        Remora next = quick("next", nextJobs);
        expire("old");
        ScriptedJobType.Job again = nextJobs.job(execId, "a", 2);
        job.fail("the old engine hears this");
        until(
                "the old engine has a new lease",
                () -> leases.stream()
                                .filter(lease -> lease.engine().equals("old"))
                                .count()
                        > 1);
        assertThat(show(next, execId)).isEqualTo("RUNNING: a RUNNING, b WAITING_DEP");
        again.succeed();
        nextJobs.job(execId, "b", 1).succeed();
        assertThat(await(next, execId).status()).isEqualTo(Status.SUCCESS);
        assertThat(show(next, execId)).isEqualTo("SUCCESS: a SUCCESS, b SUCCESS");
        assertThat(jobs.started()).hasSize(1);

        long own = run(old, flow(builder -> builder.node("c", "OK")));
        assertThat(await(old, own).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void commandsOfOneCallerKeepTheirOrder() throws InterruptedException {
        List<Status> shown = new CopyOnWriteArrayList<>();
        Remora owner = engine(builder -> builder.listener(event -> {
            if (event instanceof ExecutionEvent.ExecutionChanged changed) {
                shown.add(changed.to());
            }
        }));
        long execId = run(owner, chain());
        jobs.job("a");
        // why: sent while another engine had the execution, and not read yet
        storage.executions().send(execId, new Command.Pause());
        owner.executor().resume(execId);
        until("both are carried out", () -> shown.size() >= 3);
        assertThat(shown).containsExactly(Status.RUNNING, Status.PAUSED, Status.RUNNING);
        jobs.job("a").succeed();
        jobs.job(execId, "b", 1).succeed();
        assertThat(await(owner, execId).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void aCommandToAnEngineThatHasLostTheExecutionReachesTheNewOwner() throws InterruptedException {
        Remora old = slow("old", jobs);
        long execId = run(old, chain());
        ScriptedJobType.Job job = jobs.job("a");
        JobContext before = job.context();
        untilStored(execId);
        ScriptedJobType nextJobs = jobs.another();
        Remora next = quick("next", nextJobs);
        expire("old");
        until("the next engine has found the job", () -> job.context() != before);
        old.executor().pause(execId);
        until("it is paused", () -> status(next, execId) == Status.PAUSED);
        old.executor().kill(execId);
        assertThat(await(next, execId).status()).isEqualTo(Status.KILL);
    }

    @Test
    void theOldEngineWritesNoMoreLog() throws InterruptedException {
        Remora old = slow("old", jobs);
        long execId = run(old, chain());
        ScriptedJobType.Job job = jobs.job("a");
        JobContext before = job.context();
        before.log().line("before");
        untilStored(execId);
        until(
                "the first line is stored",
                () -> !storage.logs().extents(before.jobId()).isEmpty());
        ScriptedJobType nextJobs = jobs.another();
        Remora next = quick("next", nextJobs);
        expire("old");
        until("the next engine has found the job", () -> job.context() != before);
        before.log().line("late");
        byte[] stream = "late too\n".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> before.log().stream(stream, 0, stream.length, stream.length))
                .isInstanceOf(LeaseLostException.class);
        job.context().log().line("after");
        until("the old engine lets go of the job", job::left);
        before.log().line("later still");
        job.succeed();
        nextJobs.job(execId, "b", 1).succeed();
        assertThat(await(next, execId).status()).isEqualTo(Status.SUCCESS);
        assertThat(job.stopRequested()).isFalse();
        assertThat(next.logs().read(LogRequest.of(execId + "-a")).content()).containsExactly("before", "after");
    }

    @Test
    void anEngineWhoseTimeWasUpGoesOnIfNobodyTookOver() throws InterruptedException {
        Remora remora = slow("old", jobs);
        long execId = run(remora, chain());
        ScriptedJobType.Job job = jobs.job("a");
        untilStored(execId);
        expire("old");
        byte[] stream = "one\n".getBytes(StandardCharsets.UTF_8);
        job.context().log().stream(stream, 0, stream.length, stream.length);
        expire("old");
        job.context().log().line("two");
        job.succeed();
        jobs.job(execId, "b", 1).succeed();
        assertThat(await(remora, execId).status()).isEqualTo(Status.SUCCESS);
        assertThat(remora.logs().read(LogRequest.of(execId + "-a")).content()).containsExactly("one", "two");
        assertThat(jobs.started()).hasSize(2);
        assertThat(leases).hasSize(1);
    }

    @Test
    void anEngineOfTheSameNameTakesOverAtOnce() throws InterruptedException {
        Remora old = slow("same", jobs);
        long execId = run(old, single());
        ScriptedJobType.Job job = jobs.job("a");
        untilStored(execId);
        jobs.abandon();
        ScriptedJobType nextJobs = jobs.another();
        Remora next = slow("same", nextJobs);
        job.succeed();
        assertThat(await(next, execId).status()).isEqualTo(Status.SUCCESS);
        assertThat(next.logs().read(LogRequest.of(execId + "-a")).total()).isZero();
    }

    @Test
    void bothEnginesRunWhatTheyTook() throws InterruptedException {
        Remora first = quick("first", jobs);
        Remora second = quick("second", jobs.another());
        long one = run(first, flow(builder -> builder.node("a", "OK")));
        long two = run(second, flow(builder -> builder.node("a", "OK")));
        assertThat(await(second, one).status()).isEqualTo(Status.SUCCESS);
        assertThat(await(first, two).status()).isEqualTo(Status.SUCCESS);
    }

    /** What has not begun has not failed its engine, and may run even if its node must not run twice. */
    @Test
    void aJobThatNeverBeganIsTriedAgainHoweverOften() throws Exception {
        Remora remora = quick("one", jobs);
        long execId = run(remora, flow(builder -> builder.node("a", "JOB", n -> n.onLost(OnLost.FAIL))));
        for (int attempt = 1; attempt <= 5; attempt++) {
            jobs.job(execId, "a", attempt).end(JobResult.notBegun());
        }
        jobs.job(execId, "a", 6).succeed();
        assertThat(await(remora, execId).status()).isEqualTo(Status.SUCCESS);
        assertThat(detail(remora, execId).node("a").attempt()).isEqualTo(6);
    }
}
