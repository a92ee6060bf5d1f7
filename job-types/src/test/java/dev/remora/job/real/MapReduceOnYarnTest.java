package dev.remora.job.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.job.MapReduceJobType;
import dev.remora.job.ProxyUserStrategy;
import dev.remora.model.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** MapReduce on a real YARN and HDFS. */
@ExtendWith(Shared.class)
class MapReduceOnYarnTest {
    private final String data = "/test/" + UUID.randomUUID();
    private final String mine = "mine-" + UUID.randomUUID();

    @TempDir
    Path directory;

    private HadoopCluster cluster;
    private ClusterRuns runs;
    private String signal;

    @BeforeEach
    void open(HadoopCluster shared) throws Exception {
        cluster = shared;
        signal = directory.resolve("signal").toString();
        runs = new ClusterRuns(
                directory,
                // why: without an address, as yarn-site.xml has it
                () -> MapReduceRuns.type(cluster.configuration())
                        .proxyUsers(ProxyUserStrategy.HADOOP)
                        // why: by this the tests find the applications without the code under test
                        .property("mapreduce.job.tags", mine)
                        .build());
    }

    @AfterEach
    void close() throws Exception {
        runs.close();
        await().atMost(ClusterRuns.PATIENCE).until(() -> cluster.active(mine) == 0);
    }

    private long submit(String mode) {
        return runs.submit(MapReduceJobType.NAME, MapReduceRuns.app(mode, data, signal));
    }

    private JsonNode application() throws Exception {
        List<JsonNode> found = cluster.tagged(mine);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private void awaitBegun(long execId) {
        runs.awaitFile(execId, Path.of(signal + ".begun"));
    }

    @Test
    void succeedsTaggedAndLinkedForItsProxyUser() throws Exception {
        long execId = runs.submit(
                MapReduceJobType.NAME,
                node -> MapReduceRuns.app("count", data).apply(node).parameter("queue", "second"),
                request -> request.proxyUser("alice"));

        assertThat(runs.end(execId).status()).as("%s", runs.log(execId)).isEqualTo(Status.SUCCESS);
        JsonNode application = application();
        String id = application.path("id").asText();
        assertThat(application.path("queue").asText()).isEqualTo("root.second");
        assertThat(application.path("user").asText()).isEqualTo("alice");
        assertThat(application.path("applicationTags").asText().split(","))
                .contains(mine)
                .anyMatch(tag -> tag.matches("remora-" + execId + "-1-[0-9a-f]{20}"));
        assertThat(runs.node(execId).appLinks())
                .contains(id, id.replace("application", "job"))
                .anyMatch(link -> link.startsWith("http://") && link.contains(id));
        assertThat(runs.node(execId).outputs()).containsEntry("done", "count");
    }

    @Test
    void failsWithATask() throws Exception {
        long execId = submit("fail-task");

        assertThat(runs.end(execId).status()).isEqualTo(Status.FAILED);
        assertThat(runs.node(execId).message()).isEqualTo("exit code 1");
        assertThat(application().path("finalStatus").asText()).isEqualTo("FAILED");
    }

    @Test
    void aKillEndsTheApplication() throws Exception {
        long execId = submit("until");
        awaitBegun(execId);
        assertThat(runs.node(execId).appLinks())
                .contains(application().path("id").asText());

        runs.remora().executor().kill(execId);

        assertThat(runs.end(execId).status()).isEqualTo(Status.KILL);
        assertThat(application().path("state").asText()).isEqualTo("KILLED");
        assertThat(SparkRuns.processes("MapReduceApp"))
                .filteredOn(line -> line.contains(signal))
                .isEmpty();
    }

    /** The tests of this class ask both, as yarn-site.xml names both; this says that one of them only stands by. */
    @Test
    void anotherResourceManagerStandsBy() throws Exception {
        assertThat(HadoopCluster.haState(cluster.standby())).isEqualTo("STANDBY");
        assertThat(HadoopCluster.haState(cluster.resourceManager())).isEqualTo("ACTIVE");
    }

    /** A client in YARN's own clothes: it logs nothing, so its application is found by the tag alone. */
    @Test
    void aKillEndsAnApplicationWhoseIdIsNotKnown() throws Exception {
        Path quiet = cluster.configurationWithoutLog(directory.resolve("quiet"));
        runs.close();
        runs = new ClusterRuns(
                directory,
                () -> MapReduceRuns.type(quiet)
                        .resourceManager(cluster.resourceManager())
                        .property("mapreduce.job.tags", mine)
                        .build());
        long execId = submit("until");
        await().atMost(ClusterRuns.PATIENCE).until(() -> cluster.active(mine) == 1);
        assertThat(runs.node(execId).appLinks()).isEmpty();

        runs.remora().executor().kill(execId);

        assertThat(runs.end(execId).status()).isEqualTo(Status.KILL);
        assertThat(application().path("state").asText()).isEqualTo("KILLED");
    }

    @Test
    void whatTheClientLeavesRunningIsWaitedFor() throws Exception {
        long execId = submit("leave");
        awaitBegun(execId);
        await().atMost(ClusterRuns.PATIENCE)
                .until(() -> SparkRuns.processes(signal).stream().noneMatch(line -> line.contains("RunJar")));
        assertThat(runs.node(execId).status()).isEqualTo(Status.RUNNING);

        Files.writeString(directory.resolve("written"), "fail");
        Files.move(directory.resolve("written"), Path.of(signal));

        assertThat(runs.end(execId).status()).isEqualTo(Status.FAILED);
        assertThat(runs.node(execId).message())
                .contains(application().path("id").asText())
                .contains("FAILED");
    }
}
