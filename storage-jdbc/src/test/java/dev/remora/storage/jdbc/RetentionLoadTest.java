package dev.remora.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.Remora;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.ExecutionDetail;
import dev.remora.model.LogRequest;
import dev.remora.model.RetentionReport;
import dev.remora.model.RetentionRule;
import dev.remora.model.RunRequest;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.spi.JavaJob;
import dev.remora.spi.RetentionStore;
import dev.remora.storage.jdbc.testkit.DatabaseServers;
import dev.remora.storage.jdbc.testkit.TestDatabase;
import dev.remora.testkit.RecordedMetrics;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history of 100,000 executions goes while an engine works. */
class RetentionLoadTest {
    private static final int HISTORY = 99_000;
    private static final int UNSAVED = 1_000;
    private static final int YOUNG = 500;
    private static final int NODES = 3;
    private static final int USERS = 4;
    private static final long OLD_MILLIS = Duration.ofDays(60).toMillis();
    private static final long YOUNG_MILLIS = Duration.ofDays(2).toMillis();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RecordedMetrics metrics = new RecordedMetrics();
    private final Map<String, Integer> ran = new ConcurrentHashMap<>();

    @TempDir
    private Path directory;

    private JdbcStorage open(TestDatabase database) {
        return JdbcStorage.builder()
                .url(database.url())
                .user(database.user())
                .password(database.password())
                .build();
    }

    private Remora engine(TestDatabase database, String name) {
        return Remora.builder()
                .name(name)
                .storage(open(database))
                .workDirectory(directory.resolve(name))
                .metrics(name.equals("purging") ? metrics : new RecordedMetrics())
                .java("TALK", JavaJob.of(context -> {
                    ran.merge(context.jobId().toString(), 1, Integer::sum);
                    context.log().line("hello");
                }))
                .start();
    }

    private static Workflow workflow() {
        return Workflow.builder()
                .node("a", "TALK")
                .node("b", "TALK", node -> node.after("a"))
                .node("c", "TALK", node -> node.after("b"))
                .build();
    }

    private static long run(Remora remora) throws InterruptedException {
        long execId = remora.executor().run(RunRequest.of("shop", "nightly"));
        assertThat(remora.query().await(execId, PATIENCE).orElseThrow().status())
                .isEqualTo(Status.SUCCESS);
        return execId;
    }

    /** Makes executions that ended some time ago of one that has just ended. */
    private static void copy(Copies copies, long original, int count, long ago, String workflow) throws SQLException {
        String earlier = " - " + ago + " - n * 1000";
        long before = copies.number("SELECT MAX(exec_id) FROM remora_execution");
        assertThat(copies.insert(
                        "remora_execution",
                        Map.of(
                                "workflow", workflow,
                                "submit_time", "o.submit_time" + earlier,
                                "started_at", "o.started_at" + earlier,
                                "ended_at", "o.ended_at" + earlier,
                                "place_time", "o.place_time" + earlier),
                        "remora_execution o, generate_series(1, " + count + "::bigint) n WHERE o.exec_id = "
                                + original))
                .isEqualTo(count);
        String rows = " o, remora_execution e WHERE o.exec_id = " + original + " AND e.exec_id > " + before;
        assertThat(copies.insert("remora_node", Map.of("exec_id", "e.exec_id"), "remora_node" + rows))
                .isEqualTo(count * NODES);
        assertThat(copies.insert(
                        "remora_log_chunk",
                        Map.of("exec_id", "e.exec_id"),
                        "remora_log_chunk" + rows + " AND MOD(e.exec_id, 10) = 0"))
                .isPositive();
    }

    private static void copyDefinitions(Copies copies) throws SQLException {
        for (String table : List.of("remora_workflow", "remora_workflow_version", "remora_workflow_chunk")) {
            copies.insert(
                    table,
                    Map.of("name", "'loose' || n"),
                    table + " o, generate_series(1, " + UNSAVED + "::bigint) n WHERE o.name = 'loose'");
        }
    }

    @Test
    void boundedBatchesDisturbNothingAndLeaveTheRestWhole() throws Exception {
        try (TestDatabase database = DatabaseServers.postgres().newDatabase();
                Connection connection =
                        DriverManager.getConnection(database.url(), database.user(), database.password());
                Remora working = engine(database, "working");
                Remora purging = engine(database, "purging")) {
            Copies copies = new Copies(connection);
            working.workflows().save("shop", "nightly", workflow());
            long original = run(working);
            long loose = working.executor().runDirect(DirectRunRequest.of("shop", "loose", workflow()));
            assertThat(working.query().await(loose, PATIENCE)).isPresent();
            copy(copies, original, HISTORY, OLD_MILLIS, "o.workflow");
            copyDefinitions(copies);
            copy(copies, loose, UNSAVED, OLD_MILLIS, "'loose' || n");
            copy(copies, original, YOUNG, YOUNG_MILLIS, "o.workflow");
            copies.update("VACUUM ANALYZE");
            RetentionRule rule = RetentionRule.olderThan(Duration.ofDays(30));

            AtomicBoolean over = new AtomicBoolean();
            ExecutorService users = Executors.newFixedThreadPool(USERS);
            try {
                List<Future<List<Long>>> work = new ArrayList<>();
                for (int i = 0; i < USERS; i++) {
                    Callable<List<Long>> user = () -> {
                        List<Long> ids = new ArrayList<>();
                        do {
                            ids.add(run(working));
                        } while (!over.get());
                        return ids;
                    };
                    work.add(users.submit(user));
                }
                RetentionReport planned = purging.retention().dryRun(rule);
                RetentionReport report = purging.retention().purge(rule);
                over.set(true);

                assertThat(report).isEqualTo(planned);
                assertThat(report.executions()).isEqualTo(HISTORY + UNSAVED);
                assertThat(report.nodes()).isEqualTo((long) NODES * (HISTORY + UNSAVED));
                assertThat(report.logLines()).isGreaterThan(HISTORY / 10);
                assertThat(report.workflows()).isEqualTo(UNSAVED);
                assertThat(metrics.sum("remora.history.purged")).isEqualTo(HISTORY + UNSAVED);
                assertThat(metrics.count("remora.history.purged"))
                        .as("batches")
                        .isBetween(
                                (HISTORY + UNSAVED) / (long) RetentionStore.MOST_EXECUTIONS,
                                3L * (HISTORY + UNSAVED) / RetentionStore.MOST_EXECUTIONS);
                List<Long> done = new ArrayList<>();
                for (Future<List<Long>> one : work) {
                    done.addAll(one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
                }
                isWhole(copies, working, done);
            } finally {
                over.set(true);
                users.shutdownNow();
            }
        }
    }

    private void isWhole(Copies copies, Remora working, List<Long> done) throws SQLException {
        long rest = 2 + YOUNG + done.size();
        assertThat(done).hasSizeGreaterThanOrEqualTo(USERS).doesNotHaveDuplicates();
        assertThat(copies.number("SELECT COUNT(*) FROM remora_execution")).isEqualTo(rest);
        assertThat(copies.number("SELECT COUNT(*) FROM remora_node")).isEqualTo(NODES * rest);
        for (String table : List.of("remora_node", "remora_log_chunk", "remora_command")) {
            assertThat(copies.number("SELECT COUNT(*) FROM " + table + " o WHERE NOT EXISTS (SELECT 1 FROM"
                            + " remora_execution e WHERE e.exec_id = o.exec_id)"))
                    .as("rows of %s without an execution", table)
                    .isZero();
        }
        assertThat(copies.number("SELECT COUNT(*) FROM remora_workflow")).isEqualTo(2);
        for (long execId : done) {
            ExecutionDetail detail = working.query().find(execId).orElseThrow();
            assertThat(detail.nodes()).hasSize(NODES).allSatisfy(node -> {
                assertThat(node.status()).isEqualTo(Status.SUCCESS);
                assertThat(ran.get(node.jobId().toString())).isEqualTo(1);
            });
            assertThat(working.logs().read(LogRequest.of(execId + "-c")).content())
                    .containsExactly("hello");
        }
    }
}
