package dev.remora.job.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.remora.job.SparkJobType;
import dev.remora.model.Cause;
import dev.remora.model.Node;
import dev.remora.model.Status;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Spark on a real YARN, in mode cluster and in mode client. */
@ExtendWith(Shared.class)
class SparkOnYarnTest {
    private static final String PART = "spark-on-yarn";
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
        URI nobody = URI.create("http://127.0.0.1:" + RealParts.freePorts(1).get(0));
        runs = new ClusterRuns(
                directory,
                () -> SparkRuns.type(PART)
                        .hadoopConfigurationDirectory(cluster.configuration())
                        // why: of two ResourceManagers one may be down
                        .resourceManager(nobody, cluster.resourceManager())
                        .resourceManagerUser("root")
                        .property(
                                "spark.yarn.jars",
                                "local:" + RealParts.sparkHome(PART).resolve("jars") + "/*")
                        .property("spark.executor.instances", "1")
                        .property("spark.yarn.maxAppAttempts", "1")
                        .property("spark.yarn.am.waitTime", "60s")
                        .property("spark.yarn.report.interval", "300ms")
                        // why: in the cluster the driver runs on whatever host it is given
                        .property("spark.yarn.tags", mine)
                        .build());
    }

    @AfterEach
    void close() throws Exception {
        runs.close();
        await().atMost(ClusterRuns.PATIENCE).until(() -> cluster.active(mine) == 0);
    }

    private UnaryOperator<Node.Builder> app(String... args) {
        return SparkRuns.app(PART, "yarn", args);
    }

    private JsonNode application() throws Exception {
        List<JsonNode> found = cluster.tagged(mine);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void succeedsTaggedAndLinked() throws Exception {
        long execId = runs.submit(SparkJobType.NAME, app("sum"));

        assertThat(runs.end(execId).status()).as("%s", runs.log(execId)).isEqualTo(Status.SUCCESS);
        JsonNode application = application();
        assertThat(application.path("finalStatus").asText()).isEqualTo("SUCCEEDED");
        assertThat(application.path("applicationTags").asText().split(","))
                .contains(mine)
                .anyMatch(tag -> tag.matches("remora-" + execId + "-1-[0-9a-f]{20}"));
        assertThat(runs.node(execId).appLinks())
                .contains(application.path("id").asText())
                .anyMatch(link -> link.startsWith("http://"));
    }

    @Test
    void aDriverThatFailsFailsTheNodeAlthoughTheClientDoesNotWaitForIt() throws Exception {
        long execId = runs.submit(
                SparkJobType.NAME,
                node -> app("fail-driver")
                        .apply(node)
                        .parameter(
                                "properties",
                                JsonNodeFactory.instance
                                        .arrayNode()
                                        .add(JsonNodeFactory.instance
                                                .objectNode()
                                                .put("prop", "spark.yarn.submit.waitAppCompletion")
                                                .put("value", "false"))));

        assertThat(runs.end(execId).status()).as("%s", runs.log(execId)).isEqualTo(Status.FAILED);
        assertThat(runs.node(execId).cause()).contains(Cause.EXIT_CODE);
        assertThat(runs.node(execId).message())
                .contains(application().path("id").asText());
    }

    private UnaryOperator<Node.Builder> inClient(String... args) {
        return node -> app(args).apply(node).parameter("deployMode", "client");
    }

    @Test
    void aClientSucceedsWithItsOutputsTaggedAndLinked() throws Exception {
        long execId = runs.submit(SparkJobType.NAME, inClient("sum"));

        assertThat(runs.end(execId).status()).as("%s", runs.log(execId)).isEqualTo(Status.SUCCESS);
        assertThat(runs.node(execId).outputs()).containsEntry("sum", "10");
        JsonNode application = application();
        assertThat(application.path("finalStatus").asText()).isEqualTo("SUCCEEDED");
        assertThat(application.path("applicationTags").asText())
                .containsPattern("remora-" + execId + "-1-[0-9a-f]{20}");
        assertThat(runs.node(execId).appLinks()).contains(application.path("id").asText());
    }

    @Test
    void aKillEndsAClientAndItsApplication() throws Exception {
        long execId = runs.submit(SparkJobType.NAME, inClient("until", signal));
        runs.awaitFile(execId, Path.of(signal + ".begun"));

        runs.remora().executor().kill(execId);

        assertThat(runs.end(execId).status()).isEqualTo(Status.KILL);
        assertThat(application().path("state").asText()).isIn("FINISHED", "KILLED");
        assertThat(SparkRuns.processes(signal)).isEmpty();
    }

    @Test
    void aKillEndsTheApplication() throws Exception {
        long execId = runs.submit(SparkJobType.NAME, app("until", signal));
        runs.awaitFile(execId, Path.of(signal + ".begun"));

        runs.remora().executor().kill(execId);

        assertThat(runs.end(execId).status()).isEqualTo(Status.KILL);
        assertThat(application().path("state").asText()).isEqualTo("KILLED");
    }
}
