package dev.remora.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.LeaseLostException;
import dev.remora.error.StorageException;
import dev.remora.model.BackfillRequest;
import dev.remora.model.BackfillStatus;
import dev.remora.model.Content;
import dev.remora.model.JobId;
import dev.remora.model.Schedule;
import dev.remora.model.Workflow;
import dev.remora.model.WorkflowJson;
import dev.remora.spi.BackfillRecord;
import dev.remora.spi.Lease;
import dev.remora.spi.LogChunk;
import dev.remora.spi.ScheduleRecord;
import dev.remora.spi.ScheduleState;
import dev.remora.testkit.Samples;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Definitions, contents and logs, as they lie in the tables. */
abstract class StoredPiecesContract {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int CHUNK = 1 << 20;
    private static final int OLD = 200;
    private static final byte[] BYTES = "x".getBytes(StandardCharsets.UTF_8);

    private final Counting counting = new Counting();
    private DataSource connections;
    private JdbcStorage storage;
    private Lease lease;

    /** Returns connections to an empty database. */
    abstract DataSource connections() throws SQLException;

    @BeforeEach
    void open() throws SQLException {
        connections = connections();
        storage = JdbcStorage.builder().dataSource(counting.around(connections)).build();
        lease = storage.engines().register("engine", LONG);
        Samples.saveFor(storage, Samples.submission());
    }

    @AfterEach
    void close() {
        storage.close();
    }

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

    private void store(String name, String json) throws SQLException {
        try (Connection connection = connections.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE remora_workflow_chunk SET bytes = ? WHERE name = ?")) {
            update.setBytes(1, json.getBytes(StandardCharsets.UTF_8));
            Dialect.of(connection).setText(update, 2, name);
            assertThat(update.executeUpdate()).isOne();
        }
    }

    @Test
    void aDefinitionOfANewerVersionIsReadLeniently() throws SQLException {
        storage.workflows().save("p", "newer", Samples.workflow("1"), "anna", Samples.NOW);
        String json = WorkflowJson.write(Samples.workflow("1"));
        store("newer", json.replaceFirst("\\{", "{\"ofTheFuture\":[1],"));

        assertThat(storage.workflows().latest("p", "newer").orElseThrow().definition())
                .isEqualTo(Samples.workflow("1"));
    }

    @Test
    void aDefinitionThatCannotBeReadIsNamedAndStopsNoOther() throws SQLException {
        for (String name : List.of("broken", "sound")) {
            storage.workflows().save("p", name, Samples.workflow("1"), "anna", Samples.NOW);
        }
        store("broken", "{\"nodes\":7");

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> storage.workflows().latest("p", "broken"))
                .withMessageStartingWith("version 1 of workflow broken of project p is stored, but cannot be read")
                .satisfies(e -> assertThat(e.isTransient()).isFalse());
        assertThat(storage.workflows().latest("p", "sound")).isPresent();
        assertThat(storage.workflows()
                        .save("p", "broken", Samples.workflow("2"), "anna", Samples.NOW)
                        .version())
                .isEqualTo(2);
        assertThat(storage.workflows().latest("p", "broken")).isPresent();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connections.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            assertThat(update.executeUpdate()).isOne();
        }
    }

    @Test
    void aScheduleThatCannotBeReadIsNamedAndStopsNoOther() throws SQLException {
        for (String name : List.of("broken", "sound")) {
            Schedule schedule = Schedule.builder("p", name, "0 0 0 * * ?")
                    .zone(ZoneOffset.UTC)
                    .build();
            ScheduleState state = new ScheduleState(1, Samples.NOW, Optional.of(Samples.NOW), Optional.empty(), 0);
            assertThat(storage.schedules().save(new ScheduleRecord(schedule, "anna", Samples.NOW, state)))
                    .isTrue();
        }
        execute("UPDATE remora_schedule SET definition = '{' WHERE workflow = 'broken'");

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> storage.schedules().find("p", "broken"))
                .withMessageStartingWith("the schedule of workflow broken of project p is stored, but cannot be read")
                .satisfies(e -> assertThat(e.isTransient()).isFalse());
        assertThat(storage.schedules().upcoming(10))
                .extracting(one -> one.schedule().workflow())
                .containsExactly("sound");
    }

    @Test
    void aBackfillThatCannotBeReadIsNamedAndStopsNoOther() throws SQLException {
        for (int number = 1; number <= 2; number++) {
            BackfillRequest request = BackfillRequest.builder("p", "flow", Samples.NOW, Samples.NOW)
                    .build();
            storage.backfills()
                    .create(
                            lease,
                            new BackfillRecord(number, request, 1, "anna", Samples.NOW, 1, BackfillStatus.RUNNING),
                            List.of());
        }
        execute("UPDATE remora_backfill SET status = 'OF_THE_FUTURE' WHERE id = 1");

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> storage.backfills().find(1))
                .withMessageStartingWith("backfill 1 is stored, but cannot be read");
        assertThat(storage.backfills().open(0, 10))
                .extracting(BackfillRecord::id)
                .containsExactly(2L);
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
