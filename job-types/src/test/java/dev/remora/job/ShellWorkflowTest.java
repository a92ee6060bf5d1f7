package dev.remora.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.remora.Remora;
import dev.remora.WorkDirectoryPolicy;
import dev.remora.model.NodeExecution;
import dev.remora.model.RetryPolicy;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShellWorkflowTest {
    @TempDir
    Path directory;

    private Remora remora;
    private ShellRuns runs;

    private void start(WorkDirectoryPolicy policy) {
        remora = Remora.builder()
                .storage(MemoryStorage.create())
                .jobType(new ShellJobType())
                .workDirectory(directory)
                .workDirectoryPolicy(policy)
                .start();
        runs = new ShellRuns(remora);
    }

    @AfterEach
    void close() {
        remora.close();
        assertThat(runs.processes()).isEmpty();
    }

    @Test
    void outputsReachLaterNodes() throws Exception {
        start(WorkDirectoryPolicy.REMOVE);
        String produce = "echo \"day=2026-11-22\" >>\"$REMORA_OUTPUT\"; echo \"odd=a 'b' \\$c\" >>\"$REMORA_OUTPUT\"";
        long execId = runs.submit(Workflow.builder()
                .node("produce", ShellJobType.NAME, runs.script(produce))
                .node("between", "VIRTUAL", node -> node.after("produce"))
                .node(
                        "consume",
                        ShellJobType.NAME,
                        node -> runs.script(
                                        "cat <<'END'\n${nodes.produce.day}|${nodes.produce.odd}|${nodes.produce.none}\nEND")
                                .apply(node)
                                .after("between"))
                .build());

        assertThat(runs.end(execId).status()).isEqualTo(Status.SUCCESS);
        assertThat(runs.log(execId, "consume")).containsExactly("2026-11-22|a 'b' $c|${nodes.produce.none}");
        assertThat(runs.node(execId, "produce").outputs())
                .containsEntry("day", "2026-11-22")
                .containsEntry("odd", "a 'b' $c")
                .hasSize(2);
    }

    @Test
    void scriptsKnowWhoTheyAre() throws Exception {
        start(WorkDirectoryPolicy.REMOVE);
        String script = """
                echo "$REMORA_EXEC_ID $REMORA_NODE $REMORA_JOB_ID $REMORA_ATTEMPT ${sf.system.execId}"
                test "$REMORA_ATTEMPT" = 2
                """;
        long execId = runs.submit(Workflow.builder()
                .node(
                        "Knoten-1.ä",
                        ShellJobType.NAME,
                        node -> runs.script(script)
                                .apply(node)
                                .retry(RetryPolicy.of(2).withBackoff(Duration.ofMillis(1))))
                .build());

        assertThat(runs.end(execId).status()).isEqualTo(Status.SUCCESS);
        assertThat(runs.log(execId, "Knoten-1.ä"))
                .containsExactly(
                        "%1$d Knoten-1.ä %1$d-Knoten-1.ä 1 %1$d".formatted(execId),
                        "%1$d Knoten-1.ä %1$d-Knoten-1.ä 2 %1$d".formatted(execId));
    }

    @ParameterizedTest
    @EnumSource(WorkDirectoryPolicy.class)
    void nodesShareAWorkDirectoryThatThePolicyRemoves(WorkDirectoryPolicy policy) throws Exception {
        start(policy);
        long succeeding = runs.submit(sharing("cat shared"));
        long failing = runs.submit(sharing("cat shared; exit 1"));
        assertThat(runs.end(succeeding).status()).isEqualTo(Status.SUCCESS);
        assertThat(runs.end(failing).status()).isEqualTo(Status.FAILED);

        assertThat(runs.log(succeeding, "second")).containsExactly("of execution " + succeeding);
        assertThat(runs.log(failing, "second")).containsExactly("of execution " + failing);
        List<String> kept = Stream.of(succeeding, failing)
                .filter(execId -> policy == WorkDirectoryPolicy.KEEP
                        || policy == WorkDirectoryPolicy.KEEP_UNLESS_SUCCESS && execId == failing)
                .map(execId -> "work/" + execId + "/shared")
                .toList();
        await().atMost(ShellRuns.PATIENCE)
                .untilAsserted(() -> assertThat(files()).isEqualTo(kept));
    }

    private Workflow sharing(String second) {
        return Workflow.builder()
                .node("first", ShellJobType.NAME, runs.script("echo of execution $REMORA_EXEC_ID >shared"))
                .node(
                        "second",
                        ShellJobType.NAME,
                        node -> runs.script(second).apply(node).after("first"))
                .build();
    }

    /** All files below the engine's directory, without the first step, which is the id of the storage. */
    private List<String> files() throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile)
                    .map(directory::relativize)
                    .map(path -> path.subpath(1, path.getNameCount()).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void nothingIsLeftWhenTheEngineClosesRightAfterTheEnd() throws Exception {
        start(WorkDirectoryPolicy.REMOVE);
        Workflow.Builder workflow = Workflow.builder();
        for (int i = 0; i < 40; i++) {
            workflow.node("n" + i, ShellJobType.NAME, runs.script("echo hello >$REMORA_NODE"));
        }
        long execId = runs.submit(workflow.build());
        runs.end(execId);
        NodeExecution last = runs.node(execId, "n39");

        remora.close();

        assertThat(last.status()).isEqualTo(Status.SUCCESS);
        assertThat(files()).isEmpty();
    }
}
