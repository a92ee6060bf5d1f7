package dev.remora.job.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.remora.job.MapReduceJobType;
import dev.remora.job.SparkJobType;
import dev.remora.job.internal.process.JobBench;
import dev.remora.job.internal.process.TestJobContext;
import dev.remora.model.Cause;
import dev.remora.model.Node;
import dev.remora.model.Workflow;
import dev.remora.spi.JobHandle;
import dev.remora.spi.JobResult;
import dev.remora.spi.JobType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs whose engine died, as the next engine finds them; their clients may have died with it. */
@ExtendWith(Shared.class)
class ClusterReattachTest {
    private final String mine = "mine-" + UUID.randomUUID();
    private final String data = "/test/" + UUID.randomUUID();

    @TempDir
    Path directory;

    private JobBench bench;
    private Path signal;

    @BeforeEach
    void open() {
        bench = new JobBench(directory);
        signal = directory.resolve("signal");
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    private static ObjectNode parameter(UnaryOperator<Node.Builder> app) {
        return Workflow.builder()
                .node("node", "TYPE", app)
                .build()
                .nodes()
                .get(0)
                .parameter()
                .deepCopy();
    }

    private static JobResult result(JobHandle handle) throws Exception {
        return handle.completion().toCompletableFuture().get(ClusterRuns.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void go(String text) throws Exception {
        Path written = directory.resolve("written");
        Files.writeString(written, text);
        Files.move(written, signal);
    }

    private void awaitBegun() {
        await().atMost(ClusterRuns.PATIENCE).until(() -> Files.exists(Path.of(signal + ".begun")));
    }

    /** The host of the client breaks down: nobody notes how the client ended. */
    private static void killClient(TestJobContext context) throws Exception {
        long launcher = Long.parseLong(
                Files.readString(context.controlDirectory().resolve("identity")).split(" ")[0]);
        ProcessHandle.of(launcher).ifPresent(ProcessHandle::destroyForcibly);
        await().atMost(ClusterRuns.PATIENCE).until(() -> {
            List<Long> processes = JobBench.processesOf(context);
            processes.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            return processes.isEmpty() && !JobBench.isAlive(launcher);
        });
    }

    private MapReduceJobType mapReduce(HadoopCluster cluster) {
        return MapReduceRuns.type(cluster.configuration())
                .resourceManager(cluster.resourceManager())
                .property("mapreduce.job.tags", mine)
                .build();
    }

    private JsonNode application(HadoopCluster cluster) throws Exception {
        List<JsonNode> found = cluster.tagged(mine);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private SparkJobType spark() {
        return SparkRuns.type("spark").build();
    }

    @Test
    void aLocalSparkGoesOnInItsOwnProcess() throws Exception {
        TestJobContext first = bench.context(parameter(SparkRuns.app("spark", "local", "until", signal.toString())));
        spark().start(first);
        awaitBegun();

        TestJobContext second = first.nextEngine();
        JobHandle handle = spark().reattach(second, second.token()).orElseThrow();
        go("");

        assertThat(result(handle).succeeded()).isTrue();
        assertThat(second.log().lines()).containsOnlyOnce("waiting").containsOnlyOnce("over");
    }

    /** An engine that has lost the execution to another one must not end what that one has found. */
    @Test
    void aJobThatIsLeftGoesOnForTheOtherEngine() throws Exception {
        TestJobContext first = bench.context(parameter(SparkRuns.app("spark", "local", "until", signal.toString())));
        JobHandle abandoned = spark().start(first);
        awaitBegun();

        abandoned.leave(Duration.ZERO);
        TestJobContext second = first.otherEngine();
        JobHandle handle = spark().reattach(second, second.token()).orElseThrow();
        go("");

        assertThat(result(handle).succeeded()).isTrue();
        assertThat(second.log().lines()).containsOnlyOnce("waiting").containsOnlyOnce("over");
        assertThat(abandoned.completion().toCompletableFuture()).isNotDone();
    }

    @Test
    void aJobThatNeverBeganIsNotLost() throws Exception {
        TestJobContext context = bench.context(parameter(SparkRuns.app("spark", "local", "until", signal.toString())));

        JobHandle handle = spark().reattach(context, "").orElseThrow();

        assertThat(result(handle)).isEqualTo(JobResult.notBegun());
    }

    @Test
    void aLocalSparkThatDiedIsLost() throws Exception {
        TestJobContext first = bench.context(parameter(SparkRuns.app("spark", "local", "until", signal.toString())));
        spark().start(first);
        awaitBegun();
        TestJobContext second = first.nextEngine();
        killClient(second);

        assertThat(spark().reattach(second, second.token())).isEmpty();
    }

    @Test
    void anApplicationAndItsClientGoOn(HadoopCluster cluster) throws Exception {
        JobType type = mapReduce(cluster);
        TestJobContext first = bench.context(parameter(MapReduceRuns.app("until", data, signal.toString())));
        type.start(first);
        awaitBegun();

        TestJobContext second = first.nextEngine();
        JobHandle handle = type.reattach(second, second.token()).orElseThrow();
        go("");

        assertThat(result(handle).outputs()).containsEntry("done", "until");
        assertThat(second.appLinks()).contains(application(cluster).path("id").asText());
        assertThat(second.log().lines())
                .filteredOn(line -> line.contains("Running job: "))
                .hasSize(1);
    }

    /** An engine that died at once has not stored any token. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anApplicationGoesOnWithoutItsClient(boolean tokenStored, HadoopCluster cluster) throws Exception {
        JobType type = mapReduce(cluster);
        TestJobContext first = bench.context(parameter(MapReduceRuns.app("until", data, signal.toString())));
        type.start(first);
        awaitBegun();
        TestJobContext second = first.nextEngine();
        killClient(second);

        JobHandle handle =
                type.reattach(second, tokenStored ? second.token() : "").orElseThrow();
        assertThat(handle.completion().toCompletableFuture()).isNotDone();
        go(tokenStored ? "" : "fail");

        JobResult result = result(handle);
        assertThat(result.succeeded()).as("%s", result).isEqualTo(tokenStored);
        if (!tokenStored) {
            assertThat(result.cause()).contains(Cause.EXIT_CODE);
            assertThat(result.message())
                    .contains(application(cluster).path("id").asText());
        }
        assertThat(application(cluster).path("state").asText()).isEqualTo("FINISHED");
    }

    /** Somebody has removed all files of the engine while it was away. */
    @Test
    void anApplicationGoesOnWithoutItsFiles(HadoopCluster cluster) throws Exception {
        JobType type = mapReduce(cluster);
        TestJobContext first = bench.context(parameter(MapReduceRuns.app("until", data, signal.toString())));
        type.start(first);
        awaitBegun();
        TestJobContext second = first.nextEngine();
        Files.move(second.controlDirectory(), second.controlDirectory().resolveSibling("removed"));

        JobHandle handle = type.reattach(second, second.token()).orElseThrow();
        await().atMost(ClusterRuns.PATIENCE)
                .until(() ->
                        SparkRuns.processes(signal.toString()).stream().noneMatch(line -> line.contains("RunJar")));
        assertThat(handle.completion().toCompletableFuture()).isNotDone();
        go("");

        assertThat(result(handle).succeeded()).isTrue();
        assertThat(application(cluster).path("finalStatus").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void anApplicationWithoutItsClientCanBeKilled(HadoopCluster cluster) throws Exception {
        JobType type = mapReduce(cluster);
        TestJobContext first = bench.context(parameter(MapReduceRuns.app("until", data, signal.toString())));
        type.start(first);
        awaitBegun();
        TestJobContext second = first.nextEngine();
        killClient(second);
        JobHandle handle = type.reattach(second, second.token()).orElseThrow();

        handle.stop(Duration.ofSeconds(1));

        assertThat(result(handle).beforeStop()).isFalse();
        assertThat(application(cluster).path("state").asText()).isEqualTo("KILLED");
    }

    /** Only the engine that is gone knew what the kill was for. */
    @Test
    void aKillThatWasBegunIsCompletedAndTheJobIsLost(HadoopCluster cluster) throws Exception {
        JobType type = mapReduce(cluster);
        TestJobContext first = bench.context(parameter(MapReduceRuns.app("until", data, signal.toString())));
        type.start(first);
        awaitBegun();
        Files.writeString(first.controlDirectory().resolve("stop-applications"), "");

        TestJobContext second = first.nextEngine();
        JobResult result = result(type.reattach(second, second.token()).orElseThrow());

        assertThat(result.cause()).contains(Cause.LOST);
        assertThat(application(cluster).path("state").asText()).isEqualTo("KILLED");
        assertThat(JobBench.processesOf(second)).isEmpty();
    }

    @Test
    void aClientThatDiedBeforeItSubmittedAnythingIsLost(HadoopCluster cluster) throws Exception {
        JobType type = mapReduce(cluster);
        TestJobContext first = bench.context(parameter(MapReduceRuns.app("think")));
        type.start(first);
        await().atMost(ClusterRuns.PATIENCE).until(() -> first.log().lines().contains("thinking"));
        TestJobContext second = first.nextEngine();
        killClient(second);

        JobResult result = result(type.reattach(second, second.token()).orElseThrow());

        assertThat(result.cause()).contains(Cause.LOST);
        assertThat(cluster.tagged(mine)).isEmpty();
    }

    @Test
    void aDriverInAStandaloneClusterGoesOnWithoutItsClient(SparkCluster cluster) throws Exception {
        SparkJobType type =
                SparkRuns.type("spark").sparkMasterWeb(cluster.web()).build();
        ObjectNode parameter = parameter(SparkRuns.app("spark", cluster.master(), "until", signal.toString()))
                .put("deployMode", "cluster");
        TestJobContext first = bench.context(parameter);
        type.start(first);
        awaitBegun();
        await().atMost(ClusterRuns.PATIENCE)
                .until(() -> first.appLinks().stream().anyMatch(link -> link.startsWith("driver-")));
        TestJobContext second = first.nextEngine();
        // why: only the client, as the driver inherits its variables, and is found by them on this same host
        await().atMost(ClusterRuns.PATIENCE).until(() -> {
            List<ProcessHandle> clients = JobBench.processesOf(second).stream()
                    .flatMap(pid -> ProcessHandle.of(pid).stream())
                    .filter(process -> process.info().commandLine().orElse("").contains("deploy.SparkSubmit"))
                    .toList();
            clients.forEach(ProcessHandle::destroyForcibly);
            return clients.isEmpty();
        });

        JobHandle handle = type.reattach(second, second.token()).orElseThrow();
        go("");

        JobResult result = result(handle);
        assertThat(result.succeeded()).as("%s", result).isTrue();
        assertThat(second.token()).contains("driver-");
    }
}
