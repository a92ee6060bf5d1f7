package dev.remora.job.real;

import static org.awaitility.Awaitility.await;

import dev.remora.Remora;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.Execution;
import dev.remora.model.LogLine;
import dev.remora.model.LogRequest;
import dev.remora.model.Node;
import dev.remora.model.NodeExecution;
import dev.remora.model.Workflow;
import dev.remora.spi.JobType;
import dev.remora.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Runs workflows of one node on an engine of their own. */
final class ClusterRuns implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final String NODE = "node";

    private final MemoryStorage storage = MemoryStorage.create();
    private final Path directory;
    private final Supplier<JobType> type;
    private final AtomicInteger names = new AtomicInteger();
    private Remora remora;

    ClusterRuns(Path directory, Supplier<JobType> type) throws IOException {
        this.directory = directory;
        this.type = type;
        startEngine();
    }

    final void startEngine() {
        remora = Remora.builder()
                .storage(storage.another())
                .name("one")
                .jobType(type.get())
                .workDirectory(directory.resolve("remora"))
                .killGrace(Duration.ofSeconds(2))
                .start();
    }

    Remora remora() {
        return remora;
    }

    /** Submits a node of a type. */
    long submit(String typeName, UnaryOperator<Node.Builder> parameter) {
        return submit(typeName, parameter, request -> request);
    }

    long submit(
            String typeName, UnaryOperator<Node.Builder> parameter, UnaryOperator<DirectRunRequest.Builder> details) {
        Workflow workflow = Workflow.builder().node(NODE, typeName, parameter).build();
        return remora.executor()
                .runDirect(
                        details.apply(DirectRunRequest.builder("real", "workflow" + names.incrementAndGet(), workflow))
                                .build());
    }

    Execution end(long execId) throws InterruptedException {
        return remora.query()
                .await(execId, PATIENCE)
                .orElseThrow(() -> new AssertionError("it goes on: " + node(execId) + log(execId)));
    }

    NodeExecution node(long execId) {
        return remora.query().find(execId).orElseThrow().nodes().get(0);
    }

    List<String> log(long execId) {
        return remora
                .logs()
                .read(LogRequest.builder(execId + "-" + NODE).size(1000).build())
                .lines()
                .stream()
                .map(LogLine::text)
                .toList();
    }

    /** Waits for a file; fails if the run ends without it. */
    void awaitFile(long execId, Path file) {
        await().atMost(PATIENCE).until(() -> {
            boolean ended = remora.query()
                    .find(execId)
                    .orElseThrow()
                    .execution()
                    .status()
                    .isFinal();
            if (!Files.exists(file) && ended) {
                throw new AssertionError(file + " was not written: " + node(execId) + log(execId));
            }
            return Files.exists(file);
        });
    }

    void awaitLine(long execId, String part) {
        await().atMost(PATIENCE)
                .until(() -> log(execId), lines -> lines.stream().anyMatch(line -> line.contains(part)));
    }

    @Override
    public void close() {
        remora.close();
        storage.close();
    }
}
