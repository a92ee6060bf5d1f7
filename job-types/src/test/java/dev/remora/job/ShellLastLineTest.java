package dev.remora.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.Remora;
import dev.remora.event.ExecutionEvent;
import dev.remora.model.LogLine;
import dev.remora.model.LogPage;
import dev.remora.model.LogRequest;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.storage.memory.MemoryStorage;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellLastLineTest {
    private static final int NODES = 1000;

    @TempDir
    Path directory;

    /** What the log says at the moment at which a listener hears of the success. */
    private final Map<String, String> heard = new ConcurrentHashMap<>();

    private final CompletableFuture<Void> allHeard = new CompletableFuture<>();
    private Remora remora;

    @Test
    void theLastLineIsThereWhenTheNodeHasSucceeded() throws Exception {
        try (Remora started = Remora.builder()
                .storage(MemoryStorage.create())
                .jobType(new ShellJobType())
                .workDirectory(directory)
                .maxRunningNodes(16)
                .listener(this::hear)
                .start()) {
            remora = started;
            ShellRuns runs = new ShellRuns(remora);
            Workflow.Builder workflow = Workflow.builder();
            for (int i = 0; i < NODES; i++) {
                // every tenth has much to say until then
                String before = i % 10 == 0 ? "seq 1 30000; " : "";
                workflow.node("n" + i, ShellJobType.NAME, runs.script(before + "printf 'last line of n" + i + "'"));
            }

            long execId = runs.submit(workflow.build());

            assertThat(runs.end(execId).status()).isEqualTo(Status.SUCCESS);
            allHeard.get(ShellRuns.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            for (int i = 0; i < NODES; i++) {
                int lines = i % 10 == 0 ? 30_001 : 1;
                assertThat(heard).containsEntry("n" + i, lines + ": last line of n" + i);
            }
        }
    }

    private void hear(ExecutionEvent event) {
        if (event instanceof ExecutionEvent.NodeChanged node && node.to() == Status.SUCCESS) {
            heard.put(node.node(), lastLine(node.execId() + "-" + node.node()));
        } else if (event instanceof ExecutionEvent.ExecutionChanged execution
                && execution.to().isFinal()) {
            allHeard.complete(null);
        }
    }

    private String lastLine(String jobId) {
        LogPage beginning = remora.logs().read(LogRequest.of(jobId));
        long last = Math.max(0, beginning.total() - 1);
        LogPage end = remora.logs().read(LogRequest.builder(jobId).from(last).build());
        return end.total() + ": "
                + end.lines().stream().map(LogLine::text).findFirst().orElse("nothing");
    }
}
