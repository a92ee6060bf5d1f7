package dev.remora.job;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.remora.Remora;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.Execution;
import dev.remora.model.LogLine;
import dev.remora.model.LogRequest;
import dev.remora.model.Node;
import dev.remora.model.NodeExecution;
import dev.remora.model.Workflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Runs workflows of SHELL nodes on an engine, and knows the processes that belong to it by a variable of its own. */
final class ShellRuns {
    static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String VARIABLE = "SHELL_RUNS_MARKER";

    private final Remora remora;
    private final String marker;
    private final AtomicInteger names = new AtomicInteger();

    ShellRuns(Remora remora) {
        this(remora, UUID.randomUUID().toString());
    }

    private ShellRuns(Remora remora, String marker) {
        this.remora = remora;
        this.marker = marker;
    }

    /** Goes on with another engine on the same data. */
    ShellRuns on(Remora next) {
        return new ShellRuns(next, marker);
    }

    /** Adds the script, and the variable by which all that it starts is known. */
    UnaryOperator<Node.Builder> script(String text) {
        return node -> node.parameter("script", text)
                .parameter("env", JsonNodeFactory.instance.objectNode().put(VARIABLE, marker));
    }

    /** What processes without the variable may carry among their arguments. */
    String marker() {
        return marker;
    }

    Workflow workflow(String node, String script) {
        return Workflow.builder().node(node, ShellJobType.NAME, script(script)).build();
    }

    long submit(Workflow workflow) {
        return submit(workflow, request -> request);
    }

    long submit(Workflow workflow, UnaryOperator<DirectRunRequest.Builder> details) {
        String name = "workflow" + names.incrementAndGet();
        return remora.executor()
                .runDirect(details.apply(DirectRunRequest.builder("shell", name, workflow))
                        .build());
    }

    Execution end(long execId) throws InterruptedException {
        return remora.query().await(execId, PATIENCE).orElseThrow();
    }

    NodeExecution node(long execId, String name) {
        return remora.query().find(execId).orElseThrow().nodes().stream()
                .filter(node -> node.node().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    List<String> log(long execId, String node) {
        return remora
                .logs()
                .read(LogRequest.builder(execId + "-" + node).size(1000).build())
                .lines()
                .stream()
                .map(LogLine::text)
                .toList();
    }

    void awaitLine(long execId, String node, String line) {
        await().atMost(PATIENCE).until(() -> log(execId, node).contains(line));
    }

    /** Returns the processes that carry the marker in their environment or arguments, found without the code under test. */
    List<String> processes() {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : directories) {
                String arguments = read(process.resolve("cmdline"));
                if (arguments.contains(marker)
                        || read(process.resolve("environ")).contains(marker)) {
                    found.add(process.getFileName() + " " + arguments.replace('\0', ' '));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException goneOrOfSomeoneElse) {
            return "";
        }
    }
}
