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
import dev.remora.model.AccessRight;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.Grant;
import dev.remora.model.LogRequest;
import dev.remora.model.Project;
import dev.remora.model.ProjectResource;
import dev.remora.model.RerunRequest;
import dev.remora.model.RunRequest;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.model.WorkflowZip;
import dev.remora.spi.AccessPolicy;
import dev.remora.spi.Command;
import dev.remora.spi.EngineStore;
import dev.remora.spi.EngineStore.Registration;
import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.JavaJob;
import dev.remora.spi.Lease;
import dev.remora.spi.LogStore;
import dev.remora.spi.ProjectStore;
import dev.remora.spi.ResourceStore;
import dev.remora.spi.WorkflowStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each method of each store fails for a moment: its first call before its effect, its second one after it. The same story
 * is told with each of them; nothing is lost, nothing is recorded twice, and the engine goes on. The methods are found by
 * reflection, and a method that the story does not reach fails the test, so none can be forgotten.
 */
public abstract class EveryCallContract extends EnginePart {
    /** What an engine never calls. */
    private static final Set<String> NOT_CALLED = Set.of("ExecutionStore.purge");

    private static final List<Class<?>> STORES = List.of(
            WorkflowStore.class,
            ExecutionStore.class,
            LogStore.class,
            ResourceStore.class,
            EngineStore.class,
            ProjectStore.class);
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final int FAULTS = 2;
    private static final int TRIES = 100;

    private final Map<String, Integer> runs = new ConcurrentHashMap<>();
    private final List<Lease> leases = new CopyOnWriteArrayList<>();

    /** Creates the part. */
    protected EveryCallContract() {}

    private static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    private static Stream<Method> methods() {
        return STORES.stream()
                .flatMap(store -> Arrays.stream(store.getDeclaredMethods()))
                .filter(method -> !method.isDefault() && !method.isSynthetic());
    }

    @TestFactory
    Stream<DynamicTest> theEngineGoesOnWhenACallFails() {
        assertThat(methods().map(EveryCallContract::name)).containsAll(NOT_CALLED);
        AtomicInteger number = new AtomicInteger();
        return methods()
                .filter(method -> !NOT_CALLED.contains(name(method)))
                .map(method -> DynamicTest.dynamicTest(
                        name(method), () -> new Story(method, number.incrementAndGet()).tell()));
    }

    /** What one user and one engine do, and what becomes of it. */
    private final class Story {
        private final Method failing;
        private final String flow;
        private final AtomicInteger faults = new AtomicInteger();
        private Remora remora;

        Story(Method failing, int number) {
            this.failing = failing;
            flow = "flow" + number;
        }

        private Remora start(ScriptedJobType type) throws Exception {
            return again(() -> engine(
                    new InterceptedStorage(fixture.open(), false, this::call),
                    type,
                    builder -> builder.name(flow)
                            .lease(LEASE)
                            .access(AccessPolicy.grants())
                            .java("COUNT", JavaJob.of(context -> {
                                runs.merge(context.jobId().toString(), 1, Integer::sum);
                                context.log().line("attempt " + context.attempt());
                            }))));
        }

        private Object call(Method method, List<Object> arguments, InterceptedStorage.Call call) throws Throwable {
            int fault = name(method).equals(name(failing)) ? faults.incrementAndGet() : Integer.MAX_VALUE;
            if (fault == 1) {
                throw new StorageException(name(method) + " fails before its effect", true);
            }
            Object result = call.make();
            if (result instanceof Lease lease) {
                leases.add(lease);
            } else if (result instanceof Registration answer && answer.granted()) {
                leases.add(answer.lease());
            }
            if (fault <= FAULTS) {
                throw new StorageException(name(method) + " fails after its effect", true);
            }
            return result;
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
            until(
                    "the end of execution " + execId,
                    () -> storage.executions()
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
                    RunRequest.builder(PROJECT, flow).idempotencyKey(key).build();
            long execId = again(() -> remora.executor().run(request));
            assertThat(again(() -> remora.executor().run(request))).isEqualTo(execId);
            return execId;
        }

        void tell() throws Exception {
            remora = start(jobs);
            again(() -> remora.projects().create(PROJECT));
            projects();
            catalogue();
            long execId = commandsAndLogs();
            rerun(execId);
            packages();
            resources();
            lostLease();
            takeOver();
            remora.close();
            assertThat(faults.get()).as("calls of " + name(failing)).isPositive();
        }

        private void projects() throws Exception {
            again(() -> remora.projects().create(flow));
            again(() -> remora.projects().grant(flow, "friend", AccessRight.READ));
            again(() -> remora.projects().grant(flow, "stranger", AccessRight.READ));
            again(() -> remora.projects().revoke(flow, "stranger"));
            assertThat(again(() -> remora.projects().grants(flow, 0, 10)))
                    .containsExactly(new Grant(flow, "friend", AccessRight.READ));
            assertThat(again(() -> remora.as("friend").projects().find(flow))).isPresent();
            assertThat(again(() -> remora.as("stranger").projects().list(0, 1000)))
                    .isEmpty();
            try {
                again(() -> remora.projects().transfer(flow, "friend"));
            } catch (AccessDeniedException already) {
                assertThat(faults.get()).as(already.toString()).isGreaterThanOrEqualTo(1);
            }
            assertThat(again(() -> remora.as("friend").projects().find(flow)))
                    .map(Project::owner)
                    .contains("friend");
        }

        private void catalogue() throws Exception {
            Workflow workflow = flow(builder -> builder.node("a", "JOB").node("b", "COUNT", n -> n.after("a")));
            int version = again(() -> remora.workflows().save(PROJECT, flow, workflow))
                    .version();
            assertThat(version).isLessThanOrEqualTo(FAULTS);
            assertThat(again(() -> remora.workflows().find(PROJECT, flow, version)))
                    .isPresent();
            again(() -> remora.workflows().save(PROJECT, flow + "_other", workflow));
            assertThat(again(() -> remora.workflows().list(PROJECT, 0, 1000)))
                    .extracting(SavedWorkflow::name)
                    .contains(flow, flow + "_other");
            gone(() -> remora.workflows().delete(PROJECT, flow + "_other"));
            assertThat(again(() -> remora.workflows().find(PROJECT, flow + "_other")))
                    .isEmpty();
        }

        /** Deletes something; if the answer is lost, the next try finds that it is gone. */
        private void gone(Runnable delete) throws Exception {
            try {
                again(delete);
            } catch (NotFoundException already) {
                assertThat(faults.get()).as(already.toString()).isGreaterThanOrEqualTo(1);
            }
        }

        private long commandsAndLogs() throws Exception {
            long execId = submit(flow + " first");
            again(() -> remora.executor()
                    .plan(RunRequest.builder(PROJECT, flow)
                            .idempotencyKey(flow + " first")
                            .build()));
            ScriptedJobType.Job job = jobs.job(execId, "a", 1);
            storage.executions().send(execId, new Command.Pause());
            again(() -> remora.executor().resume(execId));
            until(
                    "both commands are carried out",
                    () -> storage.executions().commands(lease(), 10).isEmpty());
            assertThat(again(() -> remora.query().find(execId))
                            .orElseThrow()
                            .execution()
                            .status())
                    .isEqualTo(Status.RUNNING);
            job.context().log().line("one");
            job.succeed();
            endsWell(execId);
            assertThat(runs.get(execId + "-b")).isEqualTo(1);
            assertThat(again(() -> remora.logs().read(LogRequest.of(execId + "-a")))
                            .content())
                    .containsExactly("one");
            assertThat(again(() -> remora.query()
                                    .list(ExecutionFilter.builder()
                                            .workflows(flow)
                                            .build()))
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
            jobs.job(execId, "a", 2).succeed();
            endsWell(execId);
            assertThat(runs.get(execId + "-b")).isEqualTo(2);
            assertThat(again(() -> remora.logs().read(LogRequest.of(execId + "-b")))
                            .content())
                    .containsExactly("attempt 1", "attempt 2");
        }

        private WorkflowZip zip(String text) {
            return Zip.of("{\"nodes\":[{\"name\":\"f\",\"type\":\"COUNT\",\"parameter\":{\"resources\":[{\"scope\":"
                            + "\"WORKFLOW\",\"res\":\"data.txt\"}]}}]}")
                    .file("data.txt", flow + text)
                    .zip();
        }

        private void packages() throws Exception {
            DirectRunRequest request = DirectRunRequest.builder(PROJECT, flow + "_zip")
                    .zip(zip("first"))
                    .idempotencyKey(flow + " zip")
                    .build();
            long execId = again(() -> remora.executor().runDirect(request));
            endsWell(execId);
            assertThat(runs.get(execId + "-f")).isEqualTo(1);
            DirectRunRequest twin = DirectRunRequest.builder(PROJECT, flow + "_zip")
                    .zip(zip("second"))
                    .build();
            assertThatThrownBy(() -> again(() -> remora.executor().runDirect(twin)))
                    .isInstanceOf(AlreadyExistsException.class);
        }

        private void resources() throws Exception {
            byte[] bytes = (flow + " resource").getBytes(StandardCharsets.UTF_8);
            again(() -> remora.resources().put(PROJECT, flow, new ByteArrayInputStream(bytes)));
            assertThat(again(() -> remora.resources().find(PROJECT, flow))).isPresent();
            assertThat(again(() -> remora.resources().list(PROJECT, 0, 1000)))
                    .extracting(ProjectResource::path)
                    .contains(flow);
            assertThat(again(this::readResource)).isEqualTo(bytes);
            gone(() -> remora.resources().delete(PROJECT, flow));
            assertThat(again(() -> remora.resources().find(PROJECT, flow))).isEmpty();
        }

        private byte[] readResource() throws IOException {
            try (InputStream in = remora.resources().get(PROJECT, flow)) {
                return in.readAllBytes();
            }
        }

        private void lostLease() throws Exception {
            storage.engines().release(lease());
            long execId = submit(flow + " after the loss");
            jobs.job(execId, "a", 1).succeed();
            endsWell(execId);
            assertThat(runs.get(execId + "-b")).isEqualTo(1);
        }

        /** The next engine of the same name goes on, and leaves what it cannot run. */
        private void takeOver() throws Exception {
            long execId = submit(flow + " second");
            ScriptedJobType.Job job = jobs.job(execId, "a", 1);
            until(
                    "all of the start is stored",
                    () -> storage.executions().nodes(execId).stream()
                            .anyMatch(node -> !node.token().isEmpty()));
            long unknown = leaveUnknown();
            Remora before = remora;
            ScriptedJobType next = jobs.another();
            remora = start(next);
            until("the next engine has found the job", () -> job.context() != null && owns(execId));
            job.succeed();
            endsWell(execId);
            assertThat(runs.get(execId + "-b")).isEqualTo(1);
            assertThat(again(() -> remora.query().find(execId))
                            .orElseThrow()
                            .node("a")
                            .attempt())
                    .isEqualTo(1);
            until("beats have passed", () -> faults.get() > FAULTS || !isOfTheBeat());
            assertThat(storage.executions().find(unknown).orElseThrow().state().status())
                    .isEqualTo(Status.INIT);
            before.close();
        }

        private boolean isOfTheBeat() {
            return Set.of("EngineStore.renew", "ExecutionStore.claim", "ExecutionStore.commands")
                    .contains(name(failing));
        }

        private long leaveUnknown() {
            Lease gone = storage.engines().register("gone", Duration.ofHours(1));
            storage.workflows()
                    .save(
                            PROJECT,
                            flow + "_unknown",
                            flow(builder -> builder.node("a", "UNKNOWN")),
                            Samples.USER,
                            Samples.NOW);
            long execId = storage.executions()
                    .create(gone, Samples.submission(PROJECT, flow + "_unknown"))
                    .execId();
            storage.engines().release(gone);
            return execId;
        }

        /** Only who owns an execution may commit a change of it, even an empty one. */
        private boolean owns(long execId) {
            try {
                List<ExecutionChange> changes = new ArrayList<>();
                changes.add(new ExecutionChange(
                        execId, storage.executions().find(execId).orElseThrow().state(), List.of(), false));
                storage.executions().commit(lease(), changes);
                return true;
            } catch (LeaseLostException notYet) {
                return false;
            }
        }
    }
}
