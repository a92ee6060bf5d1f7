package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import dev.remora.Remora;
import dev.remora.model.Cause;
import dev.remora.model.Content;
import dev.remora.model.Execution;
import dev.remora.model.NodeExecution;
import dev.remora.model.ResourceReference;
import dev.remora.model.Status;
import dev.remora.spi.JobContext;
import dev.remora.spi.JobHandle;
import dev.remora.spi.JobType;
import dev.remora.spi.Storage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * What tests of packages and resources share: an engine with a job type READ, whose outputs are the files that it finds
 * in the work directory, by path.
 */
public abstract class PackagePart {
    static final String PROJECT = "shop";
    /** What a file in a package holds; no other content in a test is the same. */
    static final String TEXT = "packed text";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Where the engine has its files. */
    @TempDir
    Path directory;

    /** The data set. */
    StorageFixture fixture;
    /** The engine. */
    Remora remora;
    /** Another handle on the data. */
    Storage beside;

    PackagePart() {}

    /**
     * Makes an empty data set.
     *
     * @return a fixture of its own for each test
     */
    protected abstract StorageFixture newFixture();

    @BeforeEach
    void start() {
        fixture = newFixture();
        beside = fixture.open();
        remora = start(builder -> builder);
    }

    @AfterEach
    void close() {
        remora.close();
        beside.close();
        fixture.close();
    }

    /** Starts the engine anew, configured otherwise. */
    final void restart(UnaryOperator<Remora.Builder> configuration) {
        remora.close();
        remora = start(configuration);
    }

    private Remora start(UnaryOperator<Remora.Builder> configuration) {
        return configuration
                .apply(Remora.builder()
                        .storage(fixture.open())
                        .workDirectory(directory)
                        .java("READ", PackagePart::read)
                        .jobType(new Endless()))
                .start();
    }

    /** Returns every file of the work directory, by path. */
    static Map<String, String> read(JobContext context) throws IOException {
        Path work = context.workDirectory();
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(work)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                found.put(work.relativize(path).toString(), Files.readString(path));
            }
        }
        return found;
    }

    /** A definition of one node, with a list of resources. */
    static String reading(String... resources) {
        return "{\"nodes\": [{\"name\": \"a\", \"type\": \"READ\", \"parameter\": {\"resources\": ["
                + String.join(", ", resources) + "]}}]}";
    }

    /** A file of the package in a list of resources. */
    static String packed(String res) {
        return "{\"scope\": \"WORKFLOW\", \"res\": \"" + res + "\"}";
    }

    static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    static Content content(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Content(Hashing.sha256().hashBytes(bytes).toString(), bytes.length);
    }

    /** Waits for the end of a run, and returns its only or last node. */
    final NodeExecution ended(long execId) throws InterruptedException {
        Execution end = remora.query().await(execId, PATIENCE).orElseThrow();
        assertThat(end.status().isFinal()).isTrue();
        List<NodeExecution> nodes = remora.query().find(execId).orElseThrow().nodes();
        return nodes.get(nodes.size() - 1);
    }

    /** What the last node of a run has found in the work directory. */
    final Map<String, String> found(long execId) throws InterruptedException {
        NodeExecution node = ended(execId);
        assertThat(node.status()).as(node.message()).isEqualTo(Status.SUCCESS);
        return node.outputs();
    }

    /** Checks that a run has failed for its parameter. */
    final void assertBadParameter(long execId, String message) throws InterruptedException {
        NodeExecution node = ended(execId);
        assertThat(node.status()).isEqualTo(Status.FAILED);
        assertThat(node.cause()).contains(Cause.BAD_PARAMETER);
        assertThat(node.message()).contains(message);
    }

    /** Checks that {@link #TEXT} is in no storage, nothing is saved, and the engine has no file. */
    final void assertNothingLeft() throws IOException {
        assertThat(remora.workflows().list(PROJECT, 0, 10)).isEmpty();
        assertThat(remora.resources().list(PROJECT, 0, 10)).isEmpty();
        assertNoFiles();
    }

    /** Checks that {@link #TEXT} is in no storage, and the engine has no file. */
    final void assertNoFiles() throws IOException {
        assertThat(beside.resources().missing(List.of(content(TEXT)))).isNotEmpty();
        try (Stream<Path> paths = Files.walk(directory)) {
            assertThat(paths.filter(path -> !path.equals(directory))).isEmpty();
        }
    }

    /** Jobs that are meant to run for ever. */
    private static final class Endless implements JobType {
        @Override
        public String name() {
            return "ENDLESS";
        }

        @Override
        public List<dev.remora.error.Problem> check(com.fasterxml.jackson.databind.JsonNode parameter) {
            // why: as SHELL does; the engine tells each problem once all the same
            return ResourceReference.check(parameter);
        }

        @Override
        public JobHandle start(JobContext context) {
            throw new IllegalStateException("not meant to be started");
        }

        @Override
        public boolean longRunning() {
            return true;
        }
    }
}
