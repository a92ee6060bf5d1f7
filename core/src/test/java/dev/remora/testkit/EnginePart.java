package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.Remora;
import dev.remora.RemoraSession;
import dev.remora.error.ValidationException;
import dev.remora.model.Cause;
import dev.remora.model.Execution;
import dev.remora.model.ExecutionDetail;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.NodeExecution;
import dev.remora.model.RunOptions;
import dev.remora.model.RunRequest;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.spi.JavaJob;
import dev.remora.spi.Lease;
import dev.remora.spi.Storage;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the parts of the engine's contract share: a data set, engines on it, and jobs that the test controls. JOB is the
 * scripted type, OK and FAIL are Java nodes that end at once.
 */
public abstract class EnginePart {
    /** The project of every workflow. */
    static final String PROJECT = "shop";
    /** The name of a workflow that needs no certain one. */
    static final String FLOW = "nightly";
    /** How long anything may take that is expected to happen; nothing is expected to take nearly as long. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final long LOOK_AGAIN_MILLIS = 5;
    private static final int COMMITS_COST = 10;

    private final List<Remora> engines = new ArrayList<>();

    /** The data set. */
    StorageFixture fixture;
    /** The test's own handle, which keeps the data while engines come and go. */
    Storage storage;
    /** The jobs of type JOB. */
    ScriptedJobType jobs;

    EnginePart() {}

    /**
     * Makes an empty data set.
     *
     * @return a fixture of its own for each test
     */
    protected abstract StorageFixture newFixture();

    @BeforeEach
    final void openData() {
        fixture = newFixture();
        storage = fixture.open();
        jobs = ScriptedJobType.named("JOB");
    }

    @AfterEach
    final void closeData() {
        // why: an engine does not wait for what a test left running
        jobs.started().forEach(ScriptedJobType.Job::succeed);
        engines.forEach(Remora::close);
        storage.close();
        fixture.close();
    }

    /**
     * Says how large a test may be that commits again and again: no test is to take minutes because every commit waits for
     * a device.
     */
    final int many(int whereCommitsAreFree) {
        return storage.commitsInline() ? whereCommitsAreFree : whereCommitsAreFree / COMMITS_COST;
    }

    /** Starts an engine on a manual clock. */
    final ManualRemora manual() {
        return manual(builder -> builder);
    }

    /** Starts an engine on a manual clock. */
    final ManualRemora manual(UnaryOperator<Remora.Builder> more) {
        return manual(new ManualClock(ManualRemora.START), jobs, more);
    }

    /** Starts an engine on a manual clock. */
    final ManualRemora manual(ManualClock clock, ScriptedJobType type, UnaryOperator<Remora.Builder> more) {
        ManualRemora remora =
                ManualRemora.start(fixture.open(), clock, builder -> more.apply(equipped(builder.jobType(type))));
        engines.add(remora);
        return remora;
    }

    /** Starts an engine in real time. */
    final Remora engine() {
        return engine(builder -> builder);
    }

    /** Starts an engine in real time. */
    final Remora engine(UnaryOperator<Remora.Builder> more) {
        return engine(fixture.open(), jobs, more);
    }

    /** Starts an engine in real time. */
    final Remora engine(Storage handle, ScriptedJobType type, UnaryOperator<Remora.Builder> more) {
        Remora remora = more.apply(equipped(Remora.builder().storage(handle).jobType(type)))
                .start();
        engines.add(remora);
        return remora;
    }

    private static Remora.Builder equipped(Remora.Builder builder) {
        return builder.lease(LEASE)
                .zone(ZoneOffset.UTC)
                .java("OK", JavaJob.of(context -> {}))
                .java("FAIL", JavaJob.of(context -> {
                    throw new IllegalStateException("meant to fail");
                }));
    }

    static Workflow flow(UnaryOperator<Workflow.Builder> nodes) {
        return nodes.apply(Workflow.builder()).build();
    }

    /** A workflow of one node of type JOB, named a. */
    static Workflow single() {
        return flow(builder -> builder.node("a", "JOB"));
    }

    /** Saves a workflow and runs it. */
    static long run(RemoraSession remora, Workflow workflow) {
        return run(remora, workflow, request -> request);
    }

    /** Saves a workflow and runs it. */
    static long run(RemoraSession remora, Workflow workflow, UnaryOperator<RunRequest.Builder> options) {
        remora.workflows().save(PROJECT, FLOW, workflow);
        return remora.executor()
                .run(options.apply(RunRequest.builder(PROJECT, FLOW)).build());
    }

    /** Saves a workflow, and stores executions of it that nobody owns. */
    final List<Long> left(String workflow, Workflow definition, int count) {
        Lease gone = storage.engines().register("gone", Duration.ofHours(1));
        storage.workflows().save(PROJECT, workflow, definition, Samples.USER, Samples.NOW);
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(storage.executions()
                    .create(gone, Samples.with(Samples.submission(PROJECT, workflow), RunOptions.DEFAULT))
                    .execId());
        }
        storage.engines().release(gone);
        return ids;
    }

    /** Waits for an execution to end. */
    static Execution await(RemoraSession remora, long execId) throws InterruptedException {
        Optional<Execution> end = remora.query().await(execId, LIMIT);
        assertThat(end).as(() -> show(remora, execId) + " ends").isPresent();
        return end.get();
    }

    /** Waits until something holds. */
    static void until(String what, BooleanSupplier holds) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    static ExecutionDetail detail(RemoraSession remora, long execId) {
        if (remora instanceof ManualRemora manual) {
            manual.settle();
        }
        return remora.query().find(execId).orElseThrow();
    }

    static NodeExecution node(RemoraSession remora, long execId, String name) {
        return detail(remora, execId).node(name);
    }

    static Status status(RemoraSession remora, long execId) {
        return detail(remora, execId).execution().status();
    }

    /** An execution in words: {@code FAILED/EXIT_CODE: a FAILED/EXIT_CODE, b DEP_FAILED}. */
    static String show(RemoraSession remora, long execId) {
        ExecutionDetail detail = detail(remora, execId);
        return detail.nodes().stream()
                .map(node -> node.name() + " " + shown(node.status(), node.cause()))
                .collect(Collectors.joining(
                        ", ",
                        shown(detail.execution().status(), detail.execution().cause()) + ": ",
                        ""));
    }

    private static String shown(Status status, Optional<Cause> cause) {
        return status + cause.map(why -> "/" + why).orElse("");
    }

    static long total(RemoraSession remora) {
        return remora.query().list(ExecutionFilter.builder().build()).total();
    }

    /** Makes a call that must be refused, and returns the problems in words: {@code path: message}. */
    static List<String> problems(ThrowingCallable call) {
        ValidationException refused =
                org.assertj.core.api.Assertions.catchThrowableOfType(ValidationException.class, call);
        assertThat(refused).as("refusal").isNotNull();
        return refused.problems().stream().map(Object::toString).toList();
    }
}
