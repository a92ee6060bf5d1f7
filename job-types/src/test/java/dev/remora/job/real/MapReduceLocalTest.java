package dev.remora.job.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.job.MapReduceJobType;
import dev.remora.model.Cause;
import dev.remora.model.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MapReduce in the process of its client. */
class MapReduceLocalTest {
    @TempDir
    Path directory;

    private ClusterRuns runs;

    @BeforeEach
    void open() throws Exception {
        Path configuration = Files.createDirectories(directory.resolve("conf"));
        HadoopCluster.writeLogging(configuration);
        runs = new ClusterRuns(
                directory,
                () -> MapReduceRuns.type(configuration)
                        .property("mapreduce.framework.name", "local")
                        .property("hadoop.tmp.dir", directory.resolve("tmp").toString())
                        .build());
    }

    @AfterEach
    void close() {
        runs.close();
    }

    @Test
    void countsWords() throws Exception {
        long execId = runs.submit(
                MapReduceJobType.NAME,
                MapReduceRuns.app("count", directory.resolve("data").toString()));

        assertThat(runs.end(execId).status()).as("%s", runs.log(execId)).isEqualTo(Status.SUCCESS);
        assertThat(Files.readString(directory.resolve("data/out/part-r-00000")))
                .isEqualTo("be\t2\nnot\t1\nor\t1\nto\t2\n");
        assertThat(runs.node(execId).outputs()).containsEntry("done", "count");
    }

    @Test
    void argumentsReachTheProgramAsTheyAre() throws Exception {
        String[] odd = {"echo", "", "a b", " ", "\"'", "$HOME `id` $(id)", ";&|<>*?", "l1\nl2\n", "计数é", "\\", "a,b"};

        long execId = runs.submit(MapReduceJobType.NAME, MapReduceRuns.app(odd));

        assertThat(runs.end(execId).status()).as("%s", runs.log(execId)).isEqualTo(Status.SUCCESS);
        assertThat(SparkRuns.echoed(runs.log(execId))).containsExactly(odd);
    }

    @Test
    void failsWithATask() throws Exception {
        long execId = runs.submit(
                MapReduceJobType.NAME,
                MapReduceRuns.app("fail-task", directory.resolve("data").toString()));

        assertThat(runs.end(execId).status()).isEqualTo(Status.FAILED);
        assertThat(runs.node(execId).cause()).contains(Cause.EXIT_CODE);
        assertThat(runs.log(execId)).anyMatch(line -> line.contains("the task fails on purpose"));
    }

    @Test
    void failsWithoutItsJar() throws Exception {
        long execId = runs.submit(
                MapReduceJobType.NAME,
                node -> node.parameter("mainJar", "no-such.jar").parameter("mainClass", "MapReduceApp"));

        assertThat(runs.end(execId).status()).isEqualTo(Status.FAILED);
        assertThat(runs.node(execId).cause()).contains(Cause.EXIT_CODE);
    }
}
