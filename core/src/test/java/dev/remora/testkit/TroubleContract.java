package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.Remora;
import dev.remora.error.StorageException;
import dev.remora.model.Cause;
import dev.remora.model.Execution;
import dev.remora.model.Notification;
import dev.remora.model.NotifyType;
import dev.remora.model.RerunRequest;
import dev.remora.model.RunRequest;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An execution that cannot be processed never stops the others: it fails in the end, or waits. */
public abstract class TroubleContract extends EnginePart {
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final int MANY = 150;

    private final Set<Long> unreadable = ConcurrentHashMap.newKeySet();
    private final Set<Long> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> brokenWorkflows = ConcurrentHashMap.newKeySet();
    private final AtomicInteger releases = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger claims = new AtomicInteger();

    /** Creates the part. */
    protected TroubleContract() {}

    private Storage watched() {
        Storage handle = fixture.open();
        return new InterceptedStorage(handle, handle.commitsInline(), (method, arguments, call) -> {
            switch (method.getName()) {
                case "find" -> {
                    if (arguments.size() == 1 && unreadable.contains((Long) arguments.get(0))) {
                        throw new StorageException("execution " + arguments.get(0) + " cannot be read", false);
                    }
                }
                case "version" -> {
                    if (brokenWorkflows.contains((String) arguments.get(1))) {
                        throw new StorageException("definition " + arguments.get(1) + " cannot be read", false);
                    }
                }
                case "commit" -> ((List<?>) arguments.get(1)).forEach(change -> refuse((ExecutionChange) change));
                case "release" -> releases.incrementAndGet();
                case "claim" -> claims.incrementAndGet();
                default -> {}
            }
            return call.make();
        });
    }

    private void refuse(ExecutionChange change) {
        boolean fails = change.state().cause().equals(Optional.of(Cause.UNPROCESSABLE));
        if (refused.contains(change.execId()) && !fails) {
            refusals.incrementAndGet();
            throw new StorageException("the change of execution " + change.execId() + " is refused", false);
        }
    }

    private Remora engineOf(String name, ScriptedJobType type) {
        return engine(watched(), type, builder -> builder.name(name).lease(LEASE));
    }

    private void beats(int count) throws InterruptedException {
        int before = claims.get();
        until(count + " beats", () -> claims.get() >= before + count);
    }

    @Test
    void unknownJobTypesWaitForAnEngineThatKnowsThem() throws InterruptedException {
        List<Long> unknown = left("other", flow(builder -> builder.node("a", "OTHER")), MANY);
        long known = left(FLOW, single(), 1).get(0);
        Remora remora = engineOf("first", jobs);
        jobs.job(known, "a", 1).succeed();
        assertThat(await(remora, known).status()).isEqualTo(Status.SUCCESS);
        beats(1);
        int before = releases.get();
        assertThat(before).isBetween(1, MANY);
        beats(3);
        assertThat(releases).as("claimed once and left alone").hasValue(before);
        assertThat(status(remora, unknown.get(0))).isEqualTo(Status.INIT);
        ScriptedJobType others = ScriptedJobType.named("OTHER");
        Remora second = engine(
                watched(),
                jobs.another(),
                // why: they start in any order, and are ended in the order of their ids
                builder -> builder.name("second")
                        .lease(LEASE)
                        .maxRunningNodes(MANY)
                        .jobType(others));
        for (long execId : unknown) {
            others.job(execId, "a", 1).succeed();
            assertThat(await(second, execId).status()).isEqualTo(Status.SUCCESS);
        }
        assertThat(others.started()).hasSize(MANY);
    }

    @Test
    void aRunWhoseChangesAreRefusedFails() throws InterruptedException {
        Remora remora = engineOf("first", jobs);
        long bad = run(remora, flow(builder -> builder.node("a", "JOB").node("b", "OK", n -> n.after("a"))));
        ScriptedJobType.Job job = jobs.job(bad, "a", 1);
        until(
                "all of the start is stored",
                () -> storage.executions().nodes(bad).stream()
                        .anyMatch(node -> !node.token().isEmpty()));
        refused.add(bad);
        job.succeed();
        long good = remora.executor().run(RunRequest.of(PROJECT, FLOW));
        jobs.job(good, "a", 1).succeed();
        assertThat(await(remora, good).status()).isEqualTo(Status.SUCCESS);
        Execution end = await(remora, bad);
        assertThat(end.status()).isEqualTo(Status.FAILED);
        assertThat(end.cause()).contains(Cause.UNPROCESSABLE);
        assertThat(show(remora, bad)).isEqualTo("FAILED/UNPROCESSABLE: a FAILED/UNPROCESSABLE, b DEP_FAILED");
        assertThat(node(remora, bad, "a").message()).contains("is refused");
        refused.clear();
        remora.executor().rerun(RerunRequest.failedPart(bad));
        jobs.job(bad, "a", 2).succeed();
        assertThat(await(remora, bad).status()).isEqualTo(Status.SUCCESS);
        assertThat(show(remora, bad)).isEqualTo("SUCCESS: a SUCCESS, b SUCCESS");
    }

    @Test
    void itsFailureIsToldLikeAnyOther() throws InterruptedException {
        List<Notification> told = Collections.synchronizedList(new ArrayList<>());
        Remora remora = engine(
                watched(), jobs, builder -> builder.name("first").lease(LEASE).notifier(told::add));
        long execId = run(remora, single(), request -> request.notifyType(NotifyType.FAILURE));
        ScriptedJobType.Job job = jobs.job(execId, "a", 1);
        refused.add(execId);
        job.succeed();

        assertThat(await(remora, execId).cause()).contains(Cause.UNPROCESSABLE);

        until("the notice is delivered", () -> !told.isEmpty());
        assertThat(told)
                .singleElement()
                .satisfies(one -> assertThat(one.execution().execId()).isEqualTo(execId));
    }

    @Test
    void aRunThatIsRefusedOnlyForAWhileGoesOn() throws InterruptedException {
        Remora remora = engineOf("first", jobs);
        long execId = run(remora, single());
        ScriptedJobType.Job job = jobs.job(execId, "a", 1);
        until(
                "all of the start is stored",
                () -> storage.executions().nodes(execId).stream()
                        .anyMatch(node -> !node.token().isEmpty()));
        refused.add(execId);
        job.succeed();
        until("its end is refused", () -> refusals.get() > 0);
        refused.clear();
        assertThat(await(remora, execId).status()).isEqualTo(Status.SUCCESS);
        assertThat(node(remora, execId, "a").attempt()).isEqualTo(1);
    }

    @Test
    void aRunWhoseDefinitionCannotBeReadFails() throws InterruptedException {
        long bad = left("broken", single(), 1).get(0);
        brokenWorkflows.add("broken");
        long good = left(FLOW, single(), 1).get(0);
        Remora remora = engineOf("first", jobs);
        jobs.job(good, "a", 1).succeed();
        assertThat(await(remora, good).status()).isEqualTo(Status.SUCCESS);
        Execution end = await(remora, bad);
        assertThat(end.status()).isEqualTo(Status.FAILED);
        assertThat(end.cause()).contains(Cause.UNPROCESSABLE);
        assertThat(jobs.started()).hasSize(1);
    }

    @Test
    void aRunThatCannotBeReadAtAllWaits() throws InterruptedException {
        long bad = left(FLOW, single(), 1).get(0);
        unreadable.add(bad);
        Remora remora = engineOf("first", jobs);
        remora.workflows().save(PROJECT, "second", single());
        long good = remora.executor().run(RunRequest.of(PROJECT, "second"));
        jobs.job(good, "a", 1).succeed();
        assertThat(await(remora, good).status()).isEqualTo(Status.SUCCESS);
        beats(3);
        remora.close();
        assertThat(storage.executions().find(bad).orElseThrow().state().status())
                .isEqualTo(Status.INIT);
        unreadable.clear();
        Remora next = engineOf("next", jobs.another());
        jobs.job(bad, "a", 1).succeed();
        assertThat(await(next, bad).status()).isEqualTo(Status.SUCCESS);
    }
}
