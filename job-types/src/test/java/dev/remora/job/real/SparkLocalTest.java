package dev.remora.job.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.remora.job.SparkJobType;
import dev.remora.model.Cause;
import dev.remora.model.NodeExecution;
import dev.remora.model.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark with a local master: all in the process of spark-submit. */
class SparkLocalTest {
    @TempDir
    Path directory;

    private ClusterRuns runs;

    @BeforeEach
    void open() throws Exception {
        runs = new ClusterRuns(directory, () -> SparkRuns.type("spark").build());
    }

    @AfterEach
    void close() {
        runs.close();
    }

    private long submit(String... args) {
        return runs.submit(SparkJobType.NAME, SparkRuns.app("spark", "local[2]", args));
    }

    @Test
    void succeedsWithOutputs() throws Exception {
        long execId = submit("sum");

        assertThat(runs.end(execId).status()).as("%s", runs.log(execId)).isEqualTo(Status.SUCCESS);
        assertThat(runs.node(execId).outputs()).containsEntry("sum", "10");
        assertThat(runs.log(execId)).contains("the sum is 10");
    }

    @Test
    void argumentsReachTheProgramAsTheyAre() throws Exception {
        String[] odd = {"echo", "", "a b", " ", "\"'", "$HOME `id` $(id)", ";&|<>*?", "l1\nl2\n", "计数é", "--class", "\\"
        };

        long execId = submit(odd);

        assertThat(runs.end(execId).status()).as("%s", runs.log(execId)).isEqualTo(Status.SUCCESS);
        assertThat(SparkRuns.echoed(runs.log(execId))).containsExactly(odd);
    }

    @Test
    void failsAsItsDriverDoes() throws Exception {
        long exception = submit("fail-driver");
        long exit = submit("exit", "7");

        assertFailed(exception, "exit code 1");
        assertFailed(exit, "exit code 7");
        assertThat(runs.log(exception)).anyMatch(line -> line.contains("the driver fails on purpose"));
    }

    @Test
    void failsWithATask() throws Exception {
        long execId = submit("fail-task");

        assertFailed(execId, "exit code 1");
        assertThat(runs.log(execId)).anyMatch(line -> line.contains("the task fails on purpose"));
    }

    @Test
    void failsWithoutItsJar() throws Exception {
        long execId = runs.submit(
                SparkJobType.NAME,
                node -> node.parameter("mainJar", "/no/such.jar")
                        .parameter("mainClass", "SparkApp")
                        .parameter("master", "local"));

        assertFailed(execId, "exit code 101");
    }

    @Test
    void isKilledWithItsProcesses() throws Exception {
        long execId = submit("until", directory.resolve("signal").toString());
        runs.awaitLine(execId, "waiting");
        assertThat(SparkRuns.processes(directory.toString())).isNotEmpty();

        runs.remora().executor().kill(execId);

        assertThat(runs.end(execId).status()).isEqualTo(Status.KILL);
        assertThat(SparkRuns.processes(directory.toString())).isEmpty();
    }

    @Test
    void runsAPythonFile() throws Exception {
        Path file = directory.resolve("app.py");
        java.nio.file.Files.writeString(file, "import sys\nprint('python got', sys.argv[1:])\n");
        ArrayNode args = JsonNodeFactory.instance.arrayNode().add("a b").add("$x");

        long execId = runs.submit(
                SparkJobType.NAME,
                node -> node.parameter("mainJar", file.toString())
                        .parameter("master", "local")
                        .parameter("args", args));

        assertThat(runs.end(execId).status()).as("%s", runs.log(execId)).isEqualTo(Status.SUCCESS);
        assertThat(runs.log(execId)).contains("python got ['a b', '$x']");
    }

    private void assertFailed(long execId, String message) throws Exception {
        assertThat(runs.end(execId).status()).as("%s", runs.log(execId)).isEqualTo(Status.FAILED);
        NodeExecution node = runs.node(execId);
        assertThat(node.cause()).contains(Cause.EXIT_CODE);
        assertThat(node.message()).isEqualTo(message);
    }
}
