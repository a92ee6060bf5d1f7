package dev.remora.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.Remora;
import dev.remora.error.Problem;
import dev.remora.model.Cause;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.NodeExecution;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.spi.JavaJob;
import dev.remora.spi.JobContext;
import dev.remora.spi.JobHandle;
import dev.remora.spi.JobResult;
import dev.remora.spi.JobType;
import dev.remora.storage.memory.MemoryStorage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobStartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A job that ends when a test says so, on the thread on which it does. */
    private static final class External implements JobType, JobHandle {
        private final CompletableFuture<JobResult> end = new CompletableFuture<>();

        @Override
        public String name() {
            return "EXTERNAL";
        }

        @Override
        public List<Problem> check(JsonNode parameter) {
            return List.of();
        }

        @Override
        public JobHandle start(JobContext context) {
            return this;
        }

        @Override
        public CompletionStage<JobResult> completion() {
            return end;
        }

        @Override
        public void stop(Duration grace) {
            end.complete(JobResult.success());
        }
    }

    @Test
    void codeMayWaitForANodeThatItMadeStart() throws Exception {
        External external = new External();
        CountDownLatch behind = new CountDownLatch(1);
        try (Remora remora = Remora.builder()
                .storage(MemoryStorage.create())
                .jobType(external)
                .java("BEHIND", JavaJob.of(context -> behind.countDown()))
                .java("DRIVING", JavaJob.of(context -> {
                    external.end.complete(JobResult.success());
                    if (!behind.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                        throw new IllegalStateException("what this node made start does not start");
                    }
                }))
                .start()) {
            long execId = run(
                    remora,
                    Workflow.builder()
                            .node("external", "EXTERNAL")
                            .node("behind", "BEHIND", node -> node.after("external"))
                            .node("driving", "DRIVING")
                            .build());

            assertThat(remora.query()
                            .await(execId, PATIENCE.multipliedBy(2))
                            .orElseThrow()
                            .status())
                    .isEqualTo(Status.SUCCESS);
        }
    }

    /** A type that fails to check parameters when a node starts, as after a change of what it needs. */
    private static List<Problem> checkOnce(AtomicInteger checks) {
        if (checks.incrementAndGet() > 1) {
            throw new IllegalStateException("cannot check");
        }
        return List.of();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCheckThatThrowsMakesTheNodeFail(boolean java) throws Exception {
        AtomicInteger checks = new AtomicInteger();
        JobType type = java
                ? new JavaJob.Type("CHECKED", JavaJob.of(context -> {}), parameter -> checkOnce(checks))
                : new JobType() {
                    @Override
                    public String name() {
                        return "CHECKED";
                    }

                    @Override
                    public List<Problem> check(JsonNode parameter) {
                        return checkOnce(checks);
                    }

                    @Override
                    public JobHandle start(JobContext context) {
                        throw new IllegalStateException("never started");
                    }
                };
        try (Remora remora =
                Remora.builder().storage(MemoryStorage.create()).jobType(type).start()) {
            long execId = run(remora, Workflow.builder().node("node", "CHECKED").build());

            assertThat(remora.query().await(execId, PATIENCE).map(execution -> execution.status()))
                    .isEqualTo(Optional.of(Status.FAILED));
            NodeExecution node =
                    remora.query().find(execId).orElseThrow().nodes().get(0);
            assertThat(node.cause()).contains(Cause.EXCEPTION);
            assertThat(node.message()).contains("cannot check");
        }
    }

    private static long run(Remora remora, Workflow workflow) {
        return remora.executor().runDirect(DirectRunRequest.of("project", "workflow", workflow));
    }
}
