package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remora.Remora;
import dev.remora.error.AccessDeniedException;
import dev.remora.error.AlreadyExistsException;
import dev.remora.error.ExecutionStateException;
import dev.remora.error.LeaseLostException;
import dev.remora.error.NotFoundException;
import dev.remora.error.StorageException;
import dev.remora.error.ValidationException;
import dev.remora.model.AccessRight;
import dev.remora.model.Backfill;
import dev.remora.model.BackfillProgress;
import dev.remora.model.BackfillRequest;
import dev.remora.model.BackfillStatus;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.Execution;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.Grant;
import dev.remora.model.LogRequest;
import dev.remora.model.Project;
import dev.remora.model.ProjectResource;
import dev.remora.model.RerunRequest;
import dev.remora.model.RetentionRule;
import dev.remora.model.RunRequest;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Schedule;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.model.WorkflowZip;
import dev.remora.spi.AccessPolicy;
import dev.remora.spi.Command;
import dev.remora.spi.EngineStore.Registration;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.JavaJob;
import dev.remora.spi.Lease;
import dev.remora.spi.Storage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * What one user and one engine do while calls of the storage fail, and what becomes of it: nothing is lost, nothing is
 * recorded twice, and the engine goes on.
 */
final class FaultStory {
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final int TRIES = 100;

    private final EnginePart part;
    private final String flow;
    private final Supplier<Storage> handles;
    private final FaultStoryPart.Faults faults;
    private final Map<String, Integer> runs = new ConcurrentHashMap<>();
    private final List<Lease> leases = new CopyOnWriteArrayList<>();
    private Remora remora;

    /**
     * Begins a story.
     *
     * @param flow the first part of the names of its workflows
     * @param handles opens storages on the data of the part, whose calls fail now and then
     */
    FaultStory(EnginePart part, String flow, Supplier<Storage> handles, FaultStoryPart.Faults faults) {
        this.part = part;
        this.flow = flow;
        this.handles = handles;
        this.faults = faults;
    }

    private Remora start(ScriptedJobType type) throws Exception {
        return again(() -> part.engine(
                new InterceptedStorage(handles.get(), false, (method, call) -> {
                    Object result = call.make();
                    if (result instanceof Lease lease) {
                        leases.add(lease);
                    } else if (result instanceof Registration answer && answer.granted()) {
                        leases.add(answer.lease());
                    }
                    return result;
                }),
                type,
                builder -> builder.name(flow)
                        .lease(LEASE)
                        .access(AccessPolicy.grants())
                        .java("COUNT", JavaJob.of(context -> {
                            runs.merge(context.jobId().toString(), 1, Integer::sum);
                            context.log().line("attempt " + context.attempt());
                        }))));
    }

    /** What a caller of the engine does: a call whose storage was away is made again. */
    private <T> T again(Callable<T> call) throws Exception {
        for (int i = 1; ; i++) {
            try {
                return call.call();
            } catch (StorageException away) {
                assertThat(i).as("tries; " + away).isLessThan(TRIES);
            }
        }
    }

    private void again(Runnable call) throws Exception {
        again(() -> {
            call.run();
            return true;
        });
    }

    private void endsWell(long execId) throws Exception {
        EnginePart.until(
                "the end of execution " + execId,
                () -> part.storage
                        .executions()
                        .find(execId)
                        .orElseThrow()
                        .state()
                        .status()
                        .isFinal());
        assertThat(again(() -> remora.query().find(execId))
                        .orElseThrow()
                        .execution()
                        .status())
                .isEqualTo(Status.SUCCESS);
    }

    private Lease lease() {
        return leases.get(leases.size() - 1);
    }

    private long submit(String key) throws Exception {
        RunRequest request =
                RunRequest.builder(EnginePart.PROJECT, flow).idempotencyKey(key).build();
        long execId = again(() -> remora.executor().run(request));
        assertThat(again(() -> remora.executor().run(request))).isEqualTo(execId);
        return execId;
    }

    /**
     * Tells it.
     *
     * @param fires whether a schedule is part of it, which takes some seconds
     */
    void tell(boolean fires) throws Exception {
        remora = start(part.jobs);
        try {
            again(() -> remora.projects().create(EnginePart.PROJECT));
            projects();
            catalogue();
            long execId = commandsAndLogs();
            rerun(execId);
            packages();
            resources();
            lostLease();
            backfill();
            history();
            if (fires) {
                schedule();
            }
            takeOver();
        } finally {
            remora.close();
        }
    }

    private void projects() throws Exception {
        again(() -> remora.projects().create(flow));
        again(() -> remora.projects().grant(flow, "friend", AccessRight.READ));
        again(() -> remora.projects().grant(flow, "stranger", AccessRight.READ));
        again(() -> remora.projects().revoke(flow, "stranger"));
        assertThat(again(() -> remora.projects().grants(flow, 0, 10)))
                .containsExactly(new Grant(flow, "friend", AccessRight.READ));
        assertThat(again(() -> remora.as("friend").projects().find(flow))).isPresent();
        assertThat(again(() -> remora.as("stranger").projects().list(0, 1000))).isEmpty();
        try {
            again(() -> remora.projects().transfer(flow, "friend"));
        } catch (AccessDeniedException already) {
            assertThat(faults.happened()).as(already.toString()).isPositive();
        }
        assertThat(again(() -> remora.as("friend").projects().find(flow)))
                .map(Project::owner)
                .contains("friend");
    }

    /** In a project of its own, as it removes what others look at. */
    private void history() throws Exception {
        String project = flow + "_old";
        again(() -> remora.projects().create(project));
        Workflow workflow = EnginePart.flow(builder -> builder.node("a", "COUNT"));
        again(() -> remora.workflows().save(project, "old", workflow));
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String key = "old " + i;
            ids.add(again(() -> remora.executor()
                    .run(RunRequest.builder(project, "old").idempotencyKey(key).build())));
            endsWell(ids.get(i));
        }
        RetentionRule rule = RetentionRule.keeping(1).withProject(project).orOlderThan(Duration.ofDays(1));
        assertThat(again(() -> remora.retention().dryRun(rule)).executions()).isEqualTo(2);
        again(() -> remora.retention().purge(rule));
        for (int i = 0; i < 3; i++) {
            assertThat(part.storage.executions().find(ids.get(i)).isPresent()).isEqualTo(i == 2);
        }
    }

    private void catalogue() throws Exception {
        Workflow workflow = EnginePart.flow(builder -> builder.node("a", "JOB").node("b", "COUNT", n -> n.after("a")));
        int version = again(() -> remora.workflows().save(EnginePart.PROJECT, flow, workflow))
                .version();
        assertThat(version).isBetween(1, 1 + faults.most());
        assertThat(again(() -> remora.workflows().find(EnginePart.PROJECT, flow, version)))
                .isPresent();
        again(() -> remora.workflows().save(EnginePart.PROJECT, flow + "_other", workflow));
        assertThat(again(() -> remora.workflows().list(EnginePart.PROJECT, 0, 1000)))
                .extracting(SavedWorkflow::name)
                .contains(flow, flow + "_other");
        gone(() -> remora.workflows().delete(EnginePart.PROJECT, flow + "_other"));
        assertThat(again(() -> remora.workflows().find(EnginePart.PROJECT, flow + "_other")))
                .isEmpty();
    }

    /** Deletes something; if the answer is lost, the next try finds that it is gone. */
    private void gone(Runnable delete) throws Exception {
        try {
            again(delete);
        } catch (NotFoundException already) {
            assertThat(faults.happened()).as(already.toString()).isPositive();
        }
    }

    private long commandsAndLogs() throws Exception {
        long execId = submit(flow + " first");
        again(() -> remora.executor()
                .plan(RunRequest.builder(EnginePart.PROJECT, flow)
                        .idempotencyKey(flow + " first")
                        .build()));
        ScriptedJobType.Job job = part.jobs.job(execId, "a", 1);
        part.storage.executions().send(execId, new Command.Pause());
        again(() -> remora.executor().resume(execId));
        EnginePart.until(
                "both commands are carried out",
                () -> part.storage.executions().commands(lease(), 10).isEmpty());
        assertThat(again(() -> remora.query().find(execId))
                        .orElseThrow()
                        .execution()
                        .status())
                .isEqualTo(Status.RUNNING);
        job.context().log().line("one");
        job.succeed();
        endsWell(execId);
        assertThat(runs.get(execId + "-b")).isEqualTo(1);
        assertThat(again(() -> remora.logs().read(LogRequest.of(execId + "-a"))).content())
                .containsExactly("one");
        assertThat(again(() -> remora.query()
                                .list(ExecutionFilter.builder().workflows(flow).build()))
                        .executions())
                .hasSize(1);
        return execId;
    }

    private void rerun(long execId) throws Exception {
        try {
            again(() -> remora.executor().rerun(RerunRequest.all(execId)));
        } catch (ExecutionStateException underWay) {
            assertThat(underWay.status().isFinal()).as(underWay.toString()).isFalse();
        }
        part.jobs.job(execId, "a", 2).succeed();
        endsWell(execId);
        assertThat(runs.get(execId + "-b")).isEqualTo(2);
        assertThat(again(() -> remora.logs().read(LogRequest.of(execId + "-b"))).content())
                .containsExactly("attempt 1", "attempt 2");
    }

    private WorkflowZip zip(String text) {
        return Zip.of("{\"nodes\":[{\"name\":\"f\",\"type\":\"COUNT\",\"parameter\":{\"resources\":[{\"scope\":"
                        + "\"WORKFLOW\",\"res\":\"data.txt\"}]}}]}")
                .file("data.txt", flow + text)
                .zip();
    }

    private void packages() throws Exception {
        DirectRunRequest request = DirectRunRequest.builder(EnginePart.PROJECT, flow + "_zip")
                .zip(zip("first"))
                .idempotencyKey(flow + " zip")
                .build();
        long execId = again(() -> remora.executor().runDirect(request));
        endsWell(execId);
        assertThat(runs.get(execId + "-f")).isEqualTo(1);
        DirectRunRequest twin = DirectRunRequest.builder(EnginePart.PROJECT, flow + "_zip")
                .zip(zip("second"))
                .build();
        assertThatThrownBy(() -> again(() -> remora.executor().runDirect(twin)))
                .isInstanceOf(AlreadyExistsException.class);
    }

    private void resources() throws Exception {
        byte[] bytes = (flow + " resource").getBytes(StandardCharsets.UTF_8);
        again(() -> remora.resources().put(EnginePart.PROJECT, flow, new ByteArrayInputStream(bytes)));
        assertThat(again(() -> remora.resources().find(EnginePart.PROJECT, flow)))
                .isPresent();
        assertThat(again(() -> remora.resources().list(EnginePart.PROJECT, 0, 1000)))
                .extracting(ProjectResource::path)
                .contains(flow);
        assertThat(again(this::readResource)).isEqualTo(bytes);
        gone(() -> remora.resources().delete(EnginePart.PROJECT, flow));
        assertThat(again(() -> remora.resources().find(EnginePart.PROJECT, flow)))
                .isEmpty();
    }

    private byte[] readResource() throws IOException {
        try (InputStream in = remora.resources().get(EnginePart.PROJECT, flow)) {
            return in.readAllBytes();
        }
    }

    private void lostLease() throws Exception {
        part.storage.engines().release(lease());
        long execId = submit(flow + " after the loss");
        part.jobs.job(execId, "a", 1).succeed();
        endsWell(execId);
        assertThat(runs.get(execId + "-b")).isEqualTo(1);
    }

    /** Two times of a month, one after the other; the second one is killed while it waits for its turn. */
    private void backfill() throws Exception {
        String days = flow + "_days";
        Workflow workflow = EnginePart.flow(builder -> builder.node("a", "JOB"));
        again(() -> remora.workflows().save(EnginePart.PROJECT, days, workflow));
        BackfillRequest request = BackfillRequest.builder(
                        EnginePart.PROJECT,
                        days,
                        Instant.parse("2025-03-01T02:00:00Z"),
                        Instant.parse("2025-03-02T02:00:00Z"))
                .cron("0 0 2 * * ?")
                .build();
        Backfill mine = started(request);
        ScriptedJobType.Job job = part.jobs.job(mine.runs().get(0).execId(), "a", 1);
        again(() -> remora.backfills().pause(mine.id()));
        again(() -> remora.backfills().resume(mine.id()));
        again(() -> remora.executor().kill(mine.runs().get(1).execId()));
        job.succeed();
        endsWell(mine.runs().get(0).execId());
        EnginePart.until(
                "the end of backfill " + mine.id(),
                () -> part.storage
                        .backfills()
                        .find(mine.id())
                        .orElseThrow()
                        .status()
                        .isFinal());
        assertThat(again(() -> remora.backfills().list(EnginePart.PROJECT, 0, 100)))
                .extracting(Backfill::id)
                .contains(mine.id());
        assertThat(again(() -> remora.backfills().progress(mine.id())))
                .isEqualTo(new BackfillProgress(BackfillStatus.FAILED, 2, 0, 0, 1, 1, 0));
    }

    /** Starts a backfill; if the answer is lost, the next try finds that none of its times is left. */
    private Backfill started(BackfillRequest request) throws Exception {
        try {
            return again(() -> remora.backfills().start(request));
        } catch (ValidationException already) {
            assertThat(faults.happened()).as(already.toString()).isPositive();
            return again(() -> remora.backfills().list(EnginePart.PROJECT, 0, 100)).stream()
                    .filter(one -> one.request().workflow().equals(request.workflow()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Fires each second, each time once. */
    private void schedule() throws Exception {
        String seconds = flow + "_seconds";
        Workflow workflow = EnginePart.flow(builder -> builder.node("b", "COUNT"));
        again(() -> remora.workflows().save(EnginePart.PROJECT, seconds, workflow));
        again(() -> remora.schedules()
                .save(Schedule.builder(EnginePart.PROJECT, seconds, "* * * * * ?")
                        .build()));
        again(() -> remora.schedules().online(EnginePart.PROJECT, seconds));
        ExecutionFilter ended = ExecutionFilter.builder()
                .workflows(seconds)
                .statuses(Status.SUCCESS)
                .build();
        EnginePart.until(
                "it has fired", () -> part.storage.executions().list(ended).total() > 1);
        again(() -> remora.schedules().offline(EnginePart.PROJECT, seconds));
        assertThat(again(() -> remora.schedules().list(EnginePart.PROJECT, 0, 1000)))
                .extracting(saved -> saved.schedule().workflow())
                .contains(seconds);
        gone(() -> remora.schedules().delete(EnginePart.PROJECT, seconds));
        List<Execution> fired = again(() -> remora.query()
                        .list(ExecutionFilter.builder().workflows(seconds).build()))
                .executions();
        assertThat(fired).extracting(Execution::scheduleTime).doesNotHaveDuplicates();
        for (Execution one : fired) {
            endsWell(one.execId());
            assertThat(runs.get(one.execId() + "-b")).isEqualTo(1);
        }
    }

    /** The next engine of the same name goes on, and leaves what it cannot run. */
    private void takeOver() throws Exception {
        long execId = submit(flow + " second");
        ScriptedJobType.Job job = part.jobs.job(execId, "a", 1);
        EnginePart.until(
                "all of the start is stored",
                () -> part.storage.executions().nodes(execId).stream()
                        .anyMatch(node -> !node.token().isEmpty()));
        long unknown = leaveUnknown();
        Remora before = remora;
        ScriptedJobType next = part.jobs.another();
        remora = start(next);
        EnginePart.until("the next engine has found the job", () -> job.context() != null && owns(execId));
        job.succeed();
        endsWell(execId);
        assertThat(runs.get(execId + "-b")).isEqualTo(1);
        assertThat(again(() -> remora.query().find(execId))
                        .orElseThrow()
                        .node("a")
                        .attempt())
                .isEqualTo(1);
        EnginePart.until("beats have passed", faults::enough);
        assertThat(part.storage.executions().find(unknown).orElseThrow().state().status())
                .isEqualTo(Status.INIT);
        before.close();
    }

    private long leaveUnknown() {
        Lease gone = part.storage.engines().register("gone", Duration.ofHours(1));
        part.storage
                .workflows()
                .save(
                        EnginePart.PROJECT,
                        flow + "_unknown",
                        EnginePart.flow(builder -> builder.node("a", "UNKNOWN")),
                        Samples.USER,
                        Samples.NOW);
        long execId = part.storage
                .executions()
                .create(gone, Samples.submission(EnginePart.PROJECT, flow + "_unknown"))
                .execId();
        part.storage.engines().release(gone);
        return execId;
    }

    /** Only who owns an execution may commit a change of it, even an empty one. */
    private boolean owns(long execId) {
        try {
            List<ExecutionChange> changes = new ArrayList<>();
            changes.add(new ExecutionChange(
                    execId, part.storage.executions().find(execId).orElseThrow().state(), List.of(), false));
            part.storage.executions().commit(lease(), changes);
            return true;
        } catch (LeaseLostException notYet) {
            return false;
        }
    }
}
