package dev.remora.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.Remora;
import dev.remora.error.Problem;
import dev.remora.model.Cause;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.RetryPolicy;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.spi.JavaJob;
import dev.remora.spi.JobContext;
import dev.remora.spi.JobHandle;
import dev.remora.spi.JobResult;
import dev.remora.spi.JobType;
import dev.remora.storage.memory.MemoryStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What the MDC of a real logging library holds while an engine works. */
class LogContextTest {
    private static final org.slf4j.Logger OURS = LoggerFactory.getLogger("application");

    /** A line of a log, with its context. */
    private record Line(String logger, String text, Map<String, String> context) {}

    private final Queue<Line> lines = new ConcurrentLinkedQueue<>();
    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "remora-test-application-1"));
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(new Line(event.getLoggerName(), event.getFormattedMessage(), event.getMDCPropertyMap()));
        }
    };

    @TempDir
    private Path directory;

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    @BeforeEach
    void listen() {
        appender.start();
        for (String name : List.of("application", "dev.remora.internal.engine")) {
            logger(name).setLevel(Level.DEBUG);
            logger(name).setAdditive(false);
            logger(name).addAppender(appender);
        }
    }

    @AfterEach
    void end() {
        for (String name : List.of("application", "dev.remora.internal.engine")) {
            logger(name).detachAppender(appender);
            logger(name).setLevel(null);
            logger(name).setAdditive(true);
        }
        executor.shutdownNow();
    }

    private Remora engine() {
        return Remora.builder()
                .name("logging")
                .storage(MemoryStorage.create())
                .workDirectory(directory)
                .javaExecutor(executor)
                .jobType(new Probe())
                .java("TALK", JavaJob.of(context -> {
                    OURS.info("java");
                    MDC.put("mine", "left behind");
                    MDC.remove("tenant");
                }))
                .java("FAIL", JavaJob.of(context -> {
                    throw new IllegalStateException("meant to");
                }))
                .start();
    }

    private static Status run(Remora remora, Workflow workflow) throws InterruptedException {
        long execId = remora.executor().runDirect(DirectRunRequest.of("shop", "nightly", workflow));
        return remora.query()
                .await(execId, Duration.ofSeconds(30))
                .orElseThrow()
                .status();
    }

    private static Map<String, String> context(String node, int attempt) {
        return Map.of("engine", "logging", "execId", "1", "node", node, "jobId", "1-" + node, "attempt", "" + attempt);
    }

    private List<Map<String, String>> contexts(String text) {
        return lines.stream()
                .filter(line -> line.text().startsWith(text))
                .map(Line::context)
                .toList();
    }

    @Test
    void theCodeOfAJobLogsWithItsContextAndItIsCleanedUp() throws Exception {
        executor.submit(() -> MDC.put("tenant", "ours")).get();
        try (Remora remora = engine()) {
            Workflow workflow = Workflow.builder()
                    .node("a", "TALK")
                    .node("b", "TALK", node -> node.after("a"))
                    .build();

            assertThat(run(remora, workflow)).isEqualTo(Status.SUCCESS);
        }

        Map<String, String> first = new TreeMap<>(context("a", 1));
        first.put("tenant", "ours");
        Map<String, String> second = new TreeMap<>(context("b", 1));
        second.put("tenant", "ours");
        assertThat(contexts("java")).containsExactly(first, second);
        assertThat(executor.submit(MDC::getCopyOfContextMap).get()).isEqualTo(Map.of("tenant", "ours"));
    }

    @Test
    void jobTypesAndTheEngineItselfDoToo() throws Exception {
        try (Remora remora = engine()) {
            Workflow workflow = Workflow.builder()
                    .node("p", "PROBE")
                    .node(
                            "f",
                            "FAIL",
                            node -> node.after("p").retry(RetryPolicy.of(2).withBackoff(Duration.ofMillis(1))))
                    .build();

            assertThat(run(remora, workflow)).isEqualTo(Status.FAILED);
            await().untilAsserted(() ->
                    assertThat(contexts("job 1-f attempt 2 threw")).isNotEmpty());
        }

        assertThat(contexts("probe starts")).containsExactly(context("p", 1));
        assertThat(contexts("probe later")).containsExactly(context("p", 1));
        assertThat(contexts("job 1-f attempt 1 threw")).containsExactly(context("f", 1));
        assertThat(contexts("job 1-f attempt 2 threw")).containsExactly(context("f", 2));
    }

    /** A job that ends in a task of its own. */
    private static final class Probe implements JobType {
        @Override
        public String name() {
            return "PROBE";
        }

        @Override
        public List<Problem> check(JsonNode parameter) {
            return List.of();
        }

        @Override
        public JobHandle start(JobContext context) {
            OURS.info("probe starts");
            CompletableFuture<JobResult> end = new CompletableFuture<>();
            context.later(Duration.ofMillis(1), () -> {
                OURS.info("probe later");
                end.complete(JobResult.success());
            });
            return new JobHandle() {
                @Override
                public CompletionStage<JobResult> completion() {
                    return end;
                }

                @Override
                public void stop(Duration grace) {
                    end.complete(JobResult.failed(Cause.EXCEPTION, "stopped"));
                }
            };
        }

        @Override
        public Optional<JobHandle> reattach(JobContext context, String token) {
            return Optional.empty();
        }
    }
}
