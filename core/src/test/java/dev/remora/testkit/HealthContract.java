package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.Remora;
import dev.remora.error.StorageException;
import dev.remora.model.Health;
import dev.remora.model.Health.Condition;
import dev.remora.model.RetentionRule;
import dev.remora.model.RunRequest;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.spi.JavaJob;
import dev.remora.spi.Metrics;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** What an engine reports of itself: numbers, and how it is. */
public abstract class HealthContract extends EnginePart {
    /** Creates this part. */
    protected HealthContract() {}

    @Test
    void countsWhatItDoes() {
        RecordedMetrics metrics = new RecordedMetrics();
        ManualRemora remora = manual(builder -> builder.metrics(metrics)
                .java("TALK", JavaJob.of(context -> context.log().line("12345"))));
        Workflow workflow = flow(builder -> builder.node("a", "TALK")
                .node("b", "OK", node -> node.after("a"))
                .node("v", "VIRTUAL", node -> node.after("b"))
                .node("f", "FAIL", node -> node.after("v"))
                .node("d", "OK", node -> node.after("f")));
        long failing = run(remora, workflow);
        assertThat(status(remora, failing)).isEqualTo(Status.FAILED);
        long good = remora.executor()
                .run(RunRequest.builder(PROJECT, FLOW).nodes("b").build());
        assertThat(status(remora, good)).isEqualTo(Status.SUCCESS);
        remora.advance(Duration.ofSeconds(1));
        remora.retention().purge(RetentionRule.keeping(1));

        assertThat(metrics.sums())
                .containsEntry("remora.executions.submitted", 2L)
                .containsEntry("remora.executions.ended[status=FAILED]", 1L)
                .containsEntry("remora.executions.ended[status=SUCCESS]", 1L)
                .containsEntry("remora.nodes.started", 4L)
                .containsEntry("remora.nodes.ended[status=SUCCESS]", 4L)
                .containsEntry("remora.nodes.ended[status=FAILED]", 1L)
                .containsEntry("remora.nodes.ended[status=DEP_FAILED]", 1L)
                .containsEntry("remora.history.purged", 1L)
                .doesNotContainKey("remora.nodes.ended[status=KILL]")
                .doesNotContainKey("remora.storage.failures");
        assertThat(metrics.count("remora.attempts")).isEqualTo(4);
        assertThat(metrics.count("remora.commits")).isPositive();
        assertThat(metrics.sum("remora.commits.executions")).isGreaterThanOrEqualTo(metrics.count("remora.commits"));
        assertThat(metrics.sum("remora.logs.bytes")).isGreaterThan("12345\n".length());
        assertThat(metrics.sum("remora.logs.lines")).isGreaterThan(1);
    }

    @Test
    void showsWhatRunsAndWhatWaits() {
        RecordedMetrics metrics = new RecordedMetrics();
        ManualRemora remora =
                manual(builder -> builder.name("one").metrics(metrics).maxRunningNodes(2));
        long execId = run(
                remora,
                flow(builder -> builder.node("a", "JOB").node("b", "JOB").node("c", "JOB")));
        remora.settle();

        assertThat(metrics.gauge("remora.executions.active")).isEqualTo(1);
        assertThat(metrics.gauge("remora.nodes.running")).isEqualTo(2);
        assertThat(metrics.gauge("remora.nodes.waiting")).isEqualTo(1);
        assertThat(metrics.gauge("remora.slots.used")).isEqualTo(2);
        assertThat(metrics.gauge("remora.slots")).isEqualTo(2);
        assertThat(metrics.gauge("remora.commits.waiting")).isZero();
        Health health = remora.health();
        assertThat(health.condition()).isEqualTo(Condition.UP);
        assertThat(health.leaseHeld()).isTrue();
        assertThat(health.activeExecutions()).isEqualTo(1);
        assertThat(health.runningNodes()).isEqualTo(2);
        assertThat(health.usedSlots()).isEqualTo(2);
        assertThat(health.waitingNodes()).isEqualTo(1);
        assertThat(health.summary())
                .isEqualTo("engine one has its lease, its storage answers; executions 1, running nodes 2, slots 2 of 2,"
                        + " nodes waiting for a slot 1");

        remora.executor().kill(execId);
        jobs.started().forEach(ScriptedJobType.Job::succeed);
        remora.settle();
        remora.close();

        assertThat(metrics.gauge("remora.slots")).isZero();
        assertThat(remora.health().condition()).isEqualTo(Condition.CLOSED);
        assertThat(remora.health().summary()).isEqualTo("engine one is closed");
    }

    @Test
    void saysThatItsStorageIsAway() throws InterruptedException {
        RecordedMetrics metrics = new RecordedMetrics();
        AtomicBoolean away = new AtomicBoolean();
        Remora remora = engine(
                new InterceptedStorage(fixture.open(), false, (method, call) -> {
                    if (away.get()) {
                        throw new StorageException("the cable is cut", true);
                    }
                    return call.make();
                }),
                jobs,
                builder -> builder.metrics(metrics).lease(Duration.ofSeconds(1)));
        until("it renews its lease", () -> metrics.sum("remora.lease.renewed") > 0);
        assertThat(remora.health().condition()).isEqualTo(Condition.UP);

        away.set(true);
        until("it knows", () -> remora.health().condition() == Condition.AWAY);
        assertThat(remora.health().storageProblem().orElseThrow()).contains("the cable is cut");
        assertThat(remora.health().summary()).contains("its storage is away (").contains("the cable is cut");
        assertThat(metrics.sum("remora.storage.failures")).isPositive();

        away.set(false);
        until("it is back", () -> remora.health().condition() == Condition.UP);
        assertThat(remora.health().storageProblem()).isEmpty();
    }

    @Test
    void goesOnWhenALibraryThrows() {
        Metrics broken = new Metrics() {
            private static final LongConsumer THROWS = value -> {
                throw new IllegalStateException("meant to");
            };

            @Override
            public LongConsumer counter(String name, String... tags) {
                return THROWS;
            }

            @Override
            public LongConsumer timer(String name, String... tags) {
                return THROWS;
            }

            @Override
            public LongConsumer sizes(String name, String... tags) {
                return THROWS;
            }

            @Override
            public void gauge(String name, LongSupplier value, String... tags) {}
        };
        ManualRemora remora = manual(builder -> builder.metrics(broken));
        long execId = run(remora, flow(builder -> builder.node("a", "OK").node("b", "OK", node -> node.after("a"))));

        assertThat(status(remora, execId)).isEqualTo(Status.SUCCESS);
    }
}
