package dev.remora.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.remora.OnClose;
import dev.remora.Remora;
import dev.remora.model.NodeExecution;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.storage.memory.MemoryStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of SHELL nodes when their engine closes, and another of the same name starts on the same storage. */
class ShellCloseTest {
    private final MemoryStorage storage = MemoryStorage.create();

    @TempDir
    Path directory;

    private Path signal;
    private Remora remora;
    private ShellRuns runs;

    @BeforeEach
    void start() {
        signal = directory.resolve("signal");
        runs = new ShellRuns(start(storage.another()));
    }

    private Remora start(MemoryStorage handle) {
        remora = Remora.builder()
                .storage(handle)
                .name("one")
                .jobType(new ShellJobType())
                .workDirectory(directory.resolve("remora"))
                .killGrace(Duration.ofMillis(500))
                .start();
        return remora;
    }

    @AfterEach
    void close() throws Exception {
        remora.close();
        storage.close();
        if (!Files.exists(signal)) {
            // why: what a failed test has left running waits for this
            Files.createFile(signal);
        }
        await().atMost(ShellRuns.PATIENCE).until(() -> runs.processes().isEmpty());
    }

    /** A node that goes on when there is a signal, and one behind it. */
    private Workflow workflow() {
        String waits = "echo attempt $REMORA_ATTEMPT; until [ -e '" + signal + "' ]; do sleep 0.05; done; echo over";
        return Workflow.builder()
                .node("waits", ShellJobType.NAME, runs.script(waits))
                .node(
                        "behind",
                        ShellJobType.NAME,
                        node -> runs.script("echo behind").apply(node).after("waits"))
                .build();
    }

    @Test
    void aNodeThatIsStoppedRunsAgainInTheNextEngine() throws Exception {
        long execId = runs.submit(workflow());
        runs.awaitLine(execId, "waits", "attempt 1");

        assertThat(remora.close(Duration.ZERO)).isFalse();

        assertThat(runs.processes()).isEmpty();
        assertThat(storage.executions().find(execId).orElseThrow().state().status())
                .isEqualTo(Status.RUNNING);
        Files.createFile(signal);
        runs = runs.on(start(storage.another()));
        assertThat(runs.end(execId).status()).isEqualTo(Status.SUCCESS);
        assertThat(runs.log(execId, "waits")).containsExactly("attempt 1", "attempt 2", "over");
        assertThat(runs.log(execId, "behind")).containsExactly("behind");
    }

    @Test
    void aNodeThatIsLeftGoesOnAndTheNextEngineFindsIt() throws Exception {
        long execId = runs.submit(workflow());
        runs.awaitLine(execId, "waits", "attempt 1");

        assertThat(remora.close(Duration.ZERO, OnClose.LEAVE)).isFalse();

        assertThat(runs.processes()).isNotEmpty();
        runs = runs.on(start(storage.another()));
        Files.createFile(signal);
        assertThat(runs.end(execId).status()).isEqualTo(Status.SUCCESS);
        assertThat(runs.node(execId, "waits").attempt()).isEqualTo(1);
        assertThat(runs.log(execId, "waits")).containsExactly("attempt 1", "over");
        assertThat(runs.log(execId, "behind")).containsExactly("behind");
    }

    @Test
    void aNodeThatEndsWhileNoEngineRunsIsFoundWithItsEnd() throws Exception {
        long execId = runs.submit(workflow());
        runs.awaitLine(execId, "waits", "attempt 1");
        remora.close(Duration.ZERO, OnClose.LEAVE);
        Files.createFile(signal);
        ShellRuns left = runs;
        await().atMost(ShellRuns.PATIENCE).until(() -> left.processes().isEmpty());

        runs = runs.on(start(storage.another()));

        assertThat(runs.end(execId).status()).isEqualTo(Status.SUCCESS);
        assertThat(runs.node(execId, "waits").attempt()).isEqualTo(1);
        assertThat(runs.log(execId, "waits")).containsExactly("attempt 1", "over");
    }

    @Test
    void aNodeWhoseFilesAreAllGoneIsEndedAndRunsAgain() throws Exception {
        long execId = runs.submit(workflow());
        runs.awaitLine(execId, "waits", "attempt 1");
        remora.close(Duration.ZERO, OnClose.LEAVE);
        List<String> before = runs.processes();
        assertThat(before).isNotEmpty();
        Files.move(directory.resolve("remora"), directory.resolve("removed"));

        runs = runs.on(start(storage.another()));

        runs.awaitLine(execId, "waits", "attempt 2");
        assertThat(runs.processes()).doesNotContainAnyElementsOf(before);
        Files.createFile(signal);
        assertThat(runs.end(execId).status()).isEqualTo(Status.SUCCESS);
        assertThat(runs.log(execId, "waits")).containsExactly("attempt 1", "attempt 2", "over");
    }

    @Test
    void aNodeThatEndsInTimeDoesNotRunAgain() throws Exception {
        long execId = runs.submit(workflow());
        runs.awaitLine(execId, "waits", "attempt 1");
        Files.createFile(signal);

        assertThat(remora.close(ShellRuns.PATIENCE)).isTrue();

        runs = runs.on(start(storage.another()));
        assertThat(runs.end(execId).status()).isEqualTo(Status.SUCCESS);
        NodeExecution waits = runs.node(execId, "waits");
        assertThat(waits.attempt()).isEqualTo(1);
        assertThat(runs.log(execId, "waits")).containsExactly("attempt 1", "over");
        assertThat(runs.log(execId, "behind")).containsExactly("behind");
    }

    @Test
    void aNodeThatIsStoppedDoesNotUseUpItsAttempts() throws Exception {
        long execId = runs.submit(workflow());
        runs.awaitLine(execId, "waits", "attempt 1");

        // the third loss in a row would be one too many
        for (int attempt = 2; attempt <= 3; attempt++) {
            remora.close();
            runs = runs.on(start(storage.another()));
            runs.awaitLine(execId, "waits", "attempt " + attempt);
        }

        Files.createFile(signal);
        assertThat(runs.end(execId).status()).isEqualTo(Status.SUCCESS);
    }
}
