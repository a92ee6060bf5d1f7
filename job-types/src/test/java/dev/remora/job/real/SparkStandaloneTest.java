package dev.remora.job.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.remora.job.SparkJobType;
import dev.remora.model.Cause;
import dev.remora.model.NodeExecution;
import dev.remora.model.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Spark's own cluster, with a real master and worker. */
@ExtendWith(Shared.class)
class SparkStandaloneTest {
    @TempDir
    Path directory;

    private SparkCluster cluster;
    private ClusterRuns runs;

    @BeforeEach
    void open(SparkCluster shared) throws Exception {
        cluster = shared;
        runs = new ClusterRuns(
                directory,
                () -> SparkRuns.type("spark")
                        .sparkMasterWeb(cluster.web())
                        .master(cluster.master())
                        .build());
    }

    @AfterEach
    void close() throws Exception {
        runs.close();
        await().atMost(ClusterRuns.PATIENCE).until(() -> cluster.active() == 0);
    }

    private long submit(String mode, String... args) {
        return runs.submit(
                SparkJobType.NAME,
                node -> SparkRuns.app("spark", cluster.master(), args)
                        .apply(node)
                        .parameter("deployMode", mode));
    }

    private String link(long execId, String prefix) {
        return await().atMost(ClusterRuns.PATIENCE)
                .until(
                        () -> runs.node(execId).appLinks().stream()
                                .filter(link -> link.startsWith(prefix))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    private String signal() {
        return directory.resolve("signal").toString();
    }

    private void awaitBegun(long execId) {
        runs.awaitFile(execId, Path.of(signal() + ".begun"));
    }

    @Test
    void aClientSucceedsAndNamesItsApplication() throws Exception {
        long execId = submit("client", "sum");

        assertThat(runs.end(execId).status()).as("%s", runs.log(execId)).isEqualTo(Status.SUCCESS);
        assertThat(runs.node(execId).outputs()).containsEntry("sum", "10");
        assertThat(runs.node(execId).appLinks()).anyMatch(link -> link.startsWith("app-"));
    }

    @Test
    void aClientFailsWithItsTask() throws Exception {
        long execId = submit("client", "fail-task");

        assertThat(runs.end(execId).status()).isEqualTo(Status.FAILED);
        assertThat(runs.node(execId).message()).isEqualTo("exit code 1");
    }

    @Test
    void aClientIsKilledWithItsExecutors() throws Exception {
        long execId = submit("client", "until", signal());
        awaitBegun(execId);

        runs.remora().executor().kill(execId);

        assertThat(runs.end(execId).status()).isEqualTo(Status.KILL);
        assertThat(cluster.active()).isZero();
    }

    @Test
    void aDriverInTheClusterSucceeds() throws Exception {
        long execId = submit("cluster", "sum");

        assertThat(runs.end(execId).status()).as("%s", runs.log(execId)).isEqualTo(Status.SUCCESS);
        assertThat(cluster.driver(link(execId, "driver-")).path("state").asText())
                .isEqualTo("FINISHED");
    }

    @Test
    void aDriverThatFailsInTheClusterFailsTheNodeAlthoughTheClientEndsWell() throws Exception {
        long driver = submit("cluster", "fail-driver");
        long task = submit("cluster", "fail-task");
        long missing = runs.submit(
                SparkJobType.NAME,
                node -> node.parameter("mainJar", "/no/such.jar").parameter("mainClass", "SparkApp"));

        for (long execId : new long[] {driver, task, missing}) {
            assertThat(runs.end(execId).status()).as("%s", runs.log(execId)).isEqualTo(Status.FAILED);
            NodeExecution node = runs.node(execId);
            assertThat(node.cause()).contains(Cause.EXIT_CODE);
            assertThat(node.message()).contains("FAILED").contains("driver-");
        }
    }

    @Test
    void aDriverInTheClusterIsKilled() throws Exception {
        long execId = submit("cluster", "until", signal());
        awaitBegun(execId);

        runs.remora().executor().kill(execId);

        assertThat(runs.end(execId).status()).isEqualTo(Status.KILL);
        assertThat(cluster.driver(link(execId, "driver-")).path("state").asText())
                .isEqualTo("KILLED");
    }

    @Test
    void aDriverIsKilledThoughItsIdIsNotKnownYet() throws Exception {
        long execId = submit("cluster", "until", signal());
        await().atMost(ClusterRuns.PATIENCE)
                .until(() -> !SparkRuns.processes(signal()).isEmpty());

        // why: spark-submit has only begun; it takes seconds until it knows the id
        runs.remora().executor().kill(execId);

        assertThat(runs.end(execId).status()).isEqualTo(Status.KILL);
        assertThat(cluster.active()).isZero();
    }
}
