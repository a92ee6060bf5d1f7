package dev.remora.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.Remora;
import dev.remora.model.Limit;
import dev.remora.model.NodeExecution;
import dev.remora.model.Status;
import dev.remora.storage.memory.MemoryStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that print more, or faster, than their log may grow. */
class ShellLogLimitTest {
    @TempDir
    Path directory;

    private Remora remora;
    private ShellRuns runs;

    private void start(Map<Limit, Long> limits) {
        Remora.Builder builder = Remora.builder()
                .storage(MemoryStorage.create())
                .jobType(new ShellJobType())
                .workDirectory(directory.resolve("remora"))
                .killGrace(Duration.ofMillis(500));
        limits.forEach(builder::limit);
        remora = builder.start();
        runs = new ShellRuns(remora);
    }

    @AfterEach
    void close() {
        remora.close();
        assertThat(runs.processes()).isEmpty();
    }

    private static String print(int lines) {
        return "awk 'BEGIN { for (i = 0; i < " + lines + "; i++) print \"line \" i }'";
    }

    @Test
    void whatIsTooLongIsLeftOutAndTheJobGoesOn() throws Exception {
        start(Map.of(Limit.LOG_SIZE, 1000L));

        long execId = runs.submit(runs.workflow("node", print(100_000) + "; echo all=said >$REMORA_OUTPUT"));

        assertThat(runs.end(execId).status()).isEqualTo(Status.SUCCESS);
        assertThat(runs.node(execId, "node").outputs()).containsEntry("all", "said");
        List<String> log = runs.log(execId, "node");
        assertThat(log).startsWith("line 0", "line 1").doesNotContain("line 200");
        assertThat(log).filteredOn(line -> line.contains("LOG_SIZE")).hasSize(1);
        assertThat(log.get(log.size() - 1)).contains("longer than 1000 bytes");
    }

    @Test
    void whatIsPrintedTooFastIsReadLaterAndNothingIsMissing() throws Exception {
        start(Map.of(Limit.LOG_LINE_RATE, 400L));
        long begun = System.nanoTime();

        long execId = runs.submit(runs.workflow("node", print(1000)));

        assertThat(runs.end(execId).status()).isEqualTo(Status.SUCCESS);
        // why: the first second's worth is free
        assertThat(System.nanoTime() - begun)
                .isGreaterThan(Duration.ofMillis(1400).toNanos());
        assertThat(runs.log(execId, "node"))
                .isEqualTo(IntStream.range(0, 1000).mapToObj(i -> "line " + i).toList());
    }

    @Test
    void aJobThatPrintsMuchTooFastIsStillStoppedInTime() throws Exception {
        start(Map.of(Limit.LOG_LINE_RATE, 10L));
        long execId = runs.submit(runs.workflow("node", print(100_000) + "; echo printed; sleep 300"));
        runs.awaitLine(execId, "node", "line 5");

        remora.executor().kill(execId);

        assertThat(runs.end(execId).status()).isEqualTo(Status.KILL);
        NodeExecution node = runs.node(execId, "node");
        assertThat(node.cause().orElseThrow().name()).isEqualTo("USER_KILL");
        assertThat(runs.log(execId, "node")).hasSize(1000);
    }
}
