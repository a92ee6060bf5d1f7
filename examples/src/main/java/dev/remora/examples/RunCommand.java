package dev.remora.examples;

import dev.remora.Remora;
import dev.remora.error.RemoraException;
import dev.remora.model.ExecutionDetail;
import dev.remora.model.Node;
import dev.remora.model.Status;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Runs a workflow file and shows how it goes. */
final class RunCommand {
    private static final Duration REDRAW_INTERVAL = Duration.ofMillis(100);
    private static final Duration PATIENCE_FOR_EVENTS = Duration.ofSeconds(5);

    private final PrintStream out;
    private final Terminal terminal;

    RunCommand(PrintStream out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    int execute(WorkflowFile file, Map<String, String> params) throws UsageException {
        // why: the ids of a storage in memory begin anew with each process, so runs must not share a place
        Path directory = temporaryDirectory();
        Progress progress = progress(file.definition().nodes());
        EndSignal end = new EndSignal();
        Remora.Builder builder = ExampleEngine.builder()
                .workDirectory(directory)
                .listener(progress)
                .listener(end);
        Status status;
        try (Remora remora = builder.start()) {
            long execId = remora.executor().runDirect(ExampleEngine.request(file, params));
            try (Interruption interruption = Interruption.kills(remora, execId)) {
                ExecutionDetail detail = await(remora, execId, progress, end);
                new RunReport(out, remora.logs()).print(detail);
                status = detail.execution().status();
                if (status != Status.SUCCESS) {
                    out.println("what its nodes left is in " + directory);
                }
                interruption.runHasEnded();
            }
        } catch (RemoraException invalid) {
            TemporaryFiles.delete(directory);
            throw WorkflowFile.invalid(file.path(), invalid);
        }
        if (status == Status.SUCCESS) {
            TemporaryFiles.delete(directory);
        }
        return ExitCode.of(status);
    }

    private ExecutionDetail await(Remora remora, long execId, Progress progress, EndSignal end) {
        try {
            do {
                progress.tick(Instant.now());
            } while (remora.query().await(execId, REDRAW_INTERVAL).isEmpty());
            end.await(PATIENCE_FOR_EVENTS);
            progress.tick(Instant.now());
            return remora.query().find(execId).orElseThrow();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while execution " + execId + " was running", stop);
        }
    }

    private Progress progress(List<Node> nodes) {
        int nameWidth =
                nodes.stream().mapToInt(node -> node.name().length()).max().orElse(0);
        boolean fits = nodes.size() < terminal.rows();
        return terminal.redraws() && fits
                ? new RedrawnProgress(out, nameWidth, nodes)
                : new PlainProgress(out, nameWidth);
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("remora-examples-");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
