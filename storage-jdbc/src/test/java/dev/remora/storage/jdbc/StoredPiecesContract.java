package dev.remora.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.LeaseLostException;
import dev.remora.model.Content;
import dev.remora.model.JobId;
import dev.remora.model.Workflow;
import dev.remora.model.WorkflowJson;
import dev.remora.spi.Lease;
import dev.remora.spi.LogChunk;
import dev.remora.testkit.Samples;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Definitions, contents and logs, as they lie in the tables. */
abstract class StoredPiecesContract extends TablesPart {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int CHUNK = 1 << 20;
    private static final int OLD = 200;
    private static final byte[] BYTES = "x".getBytes(StandardCharsets.UTF_8);

    private List<String> statementsSince() {
        return counting.since().stream().map(Counting.Ran::sql).toList();
    }

    private static Workflow definition(int nodes, int size) {
        Workflow.Builder builder = Workflow.builder();
        for (int i = 0; i < nodes; i++) {
            builder.node("n" + i, "SHELL", node -> node.parameter("script", "ü".repeat(size)));
        }
        return builder.build();
    }

    private void assertKept(Workflow definition) {
        int version = storage.workflows()
                .save("p", "flow", definition, "anna", Samples.NOW)
                .version();
        assertThat(storage.workflows()
                        .version("p", "flow", version)
                        .orElseThrow()
                        .definition())
                .isEqualTo(definition);
    }

    @Test
    void aDefinitionOfManyPiecesComesBack() {
        assertKept(definition(40, 50_000));
    }

    @Test
    void aDefinitionThatFillsItsPiecesExactlyComesBack() throws SQLException {
        for (int beyond : new int[] {-1, 0, 1}) {
            Workflow empty = withExtras("");
            int around = WorkflowJson.write(empty).length();
            assertKept(withExtras("x".repeat(CHUNK - around + beyond)));
        }
    }

    private static Workflow withExtras(String script) {
        // why: a parameter may have a million characters with what is around it, so two share the text
        int half = script.length() / 2;
        return Workflow.builder()
                .node("a", "SHELL", node -> node.parameter("script", script.substring(0, half)))
                .node("b", "SHELL", node -> node.parameter("script", script.substring(half)))
                .build();
    }

    private static Content content(int number) {
        return new Content(String.format("%064x", number), 1);
    }

    @Test
    void whatNothingHasReferredToForAnHourGoes() throws SQLException {
        int count = 250;
        storeContents(count);
        storage.resources().put("p", "kept", content(7), "anna", Samples.NOW);
        // why: each new content pays for a look at a hundred others
        for (int i = count; i < count + 5; i++) {
            storage.resources().append(content(i), 0, BYTES);
        }

        List<Content> all = new ArrayList<>();
        for (int i = 0; i < count + 5; i++) {
            all.add(content(i));
        }
        List<Content> left = new ArrayList<>(all);
        left.removeAll(storage.resources().missing(all));
        List<Content> expected = new ArrayList<>(all.subList(OLD, count + 5));
        expected.add(0, content(7));
        assertThat(left).isEqualTo(expected);
    }

    /** Stores contents, of which the first {@link #OLD} have been there for long. */
    private void storeContents(int count) throws SQLException {
        long now = System.currentTimeMillis();
        try (Connection connection = connections.getConnection();
                PreparedStatement contents =
                        connection.prepareStatement("INSERT INTO remora_content VALUES (?, 1, ?)");
                PreparedStatement chunks =
                        connection.prepareStatement("INSERT INTO remora_content_chunk VALUES (?, 1, 0, ?)")) {
            connection.setAutoCommit(false);
            for (int i = 0; i < count; i++) {
                contents.setString(1, content(i).sha256());
                contents.setLong(2, i < OLD ? now - LONG.toMillis() - 1 : now);
                contents.addBatch();
                chunks.setString(1, content(i).sha256());
                chunks.setBytes(2, BYTES);
                chunks.addBatch();
            }
            contents.executeBatch();
            chunks.executeBatch();
            connection.commit();
        }
    }

    private LogChunk line(JobId job, long line) {
        return new LogChunk(job, 1, line, 1, "line\n".getBytes(StandardCharsets.UTF_8), line);
    }

    private static void awaitWaiting(List<Thread> threads, int count) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (threads.stream()
                        .filter(thread -> thread.getState() == Thread.State.TIMED_WAITING)
                        .count()
                < count) {
            assertThat(System.nanoTime()).as("waited for the threads to wait").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void jobsThatWriteAtTheSameTimeShareATransaction() throws Exception {
        int jobs = 50;
        long execId = storage.executions().create(lease, Samples.submission()).execId();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            JobId job = new JobId(execId, "n" + i);
            Thread thread = new Thread(() -> storage.logs().append(lease, line(job, 0)), "remora-test-job-" + i);
            thread.setUncaughtExceptionHandler((failed, e) -> failures.add(e));
            threads.add(thread);
        }
        try (Connection blocker = connections.getConnection();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.executeQuery("SELECT 1 FROM remora_engine FOR UPDATE").close();
            counting.since();
            threads.forEach(Thread::start);
            // why: one of them is in the database, the others wait for it
            awaitWaiting(threads, jobs - 1);
            blocker.rollback();
        }
        for (Thread thread : threads) {
            thread.join(LIMIT.toMillis());
            assertThat(thread.isAlive()).isFalse();
        }

        assertThat(failures).isEmpty();
        List<String> run = statementsSince();
        assertThat(run.stream().filter(sql -> sql.startsWith("SELECT 1 FROM remora_engine")))
                .hasSize(2);
        assertThat(run.stream().filter(sql -> sql.startsWith("INSERT INTO remora_log_chunk")))
                .hasSize(2);
        for (int i = 0; i < jobs; i++) {
            assertThat(storage.logs().extents(new JobId(execId, "n" + i))).hasSize(1);
        }
    }

    @Test
    void goingOnWithALogTakesThreeStatements() {
        JobId job = new JobId(
                storage.executions().create(lease, Samples.submission()).execId(), "a");
        storage.logs().append(lease, line(job, 0));
        counting.since();

        storage.logs().append(lease, line(job, 1));

        List<String> run = statementsSince();
        assertThat(run.get(0)).startsWith("SELECT 1 FROM remora_engine");
        assertThat(run.get(1)).startsWith("SELECT exec_id, active, owner FROM remora_execution");
        assertThat(run.get(2)).startsWith("INSERT INTO remora_log_chunk");
        assertThat(run.get(3)).isEqualTo("commit");
        assertThat(run.subList(4, run.size())).isSubsetOf("CHECKPOINT SYNC", "commit");
    }

    @Test
    void oneThatIsRefusedDoesNotKeepTheOthersFromBeingStored() {
        JobId job = new JobId(
                storage.executions().create(lease, Samples.submission()).execId(), "a");
        Lease other = storage.engines().register("other", LONG);

        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> storage.logs().append(other, line(job, 0)));
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> storage.logs().append(new Lease("nobody", other.incarnation()), line(job, 0)));
        storage.logs().append(lease, line(job, 0));

        assertThat(storage.logs().extents(job)).hasSize(1);
    }
}
