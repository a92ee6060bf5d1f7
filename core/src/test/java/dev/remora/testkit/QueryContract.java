package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.remora.Remora;
import dev.remora.error.NotFoundException;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.Execution;
import dev.remora.model.ExecutionDetail;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.ExecutionPage;
import dev.remora.model.ExecutionType;
import dev.remora.model.FailurePolicy;
import dev.remora.model.Limit;
import dev.remora.model.NodeDependency;
import dev.remora.model.NodeExecution;
import dev.remora.model.Parameter;
import dev.remora.model.RerunRequest;
import dev.remora.model.RetryPolicy;
import dev.remora.model.RunOptions;
import dev.remora.model.RunRequest;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is told about runs. */
public abstract class QueryContract extends EnginePart {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration MOMENT = Duration.ofMillis(20);

    /** Creates the part. */
    protected QueryContract() {}

    @Test
    void findTellsAllThatWasAskedFor() {
        ManualRemora remora = manual();
        Instant scheduled = Instant.parse("2025-12-31T23:00:00Z");
        Workflow workflow = flow(builder -> builder.param("day", "$[yyyyMMdd]")
                .node("a", "JOB", n -> n.desc("copies").parameter("x", "${day}"))
                .node("b", "JOB", n -> n.after("a").extras(JsonNodeFactory.instance.textNode("anything"))));
        RunOptions options = RunOptions.builder()
                .nodes("a")
                .nodeDependency(NodeDependency.NODE_POST)
                .failurePolicy(FailurePolicy.CONTINUE)
                .param("p", "v")
                .timeout(Duration.ofHours(3))
                .notifyMails("a@b.c")
                .priority(7)
                .extras(JsonNodeFactory.instance.objectNode().put("k", 1))
                .proxyUser("svc")
                .queue("night")
                .idempotencyKey("key")
                .scheduleTime(scheduled)
                .build();
        remora.workflows().save(PROJECT, FLOW, workflow);
        long execId =
                remora.as("ann").executor().run(new RunRequest(PROJECT, FLOW, java.util.OptionalInt.empty(), options));
        ExecutionDetail detail = detail(remora, execId);
        Execution execution = detail.execution();
        assertThat(execution.options()).isEqualTo(options);
        assertThat(execution.execId()).isEqualTo(execId);
        assertThat(execution.project()).isEqualTo(PROJECT);
        assertThat(execution.workflow()).isEqualTo(FLOW);
        assertThat(execution.version()).isEqualTo(1);
        assertThat(execution.type()).isEqualTo(ExecutionType.DIRECT);
        assertThat(execution.scheduleTime()).isEqualTo(scheduled);
        assertThat(execution.submitTime()).isEqualTo(ManualRemora.START);
        assertThat(execution.submitUser()).isEqualTo("ann");
        assertThat(execution.round()).isEqualTo(1);
        assertThat(execution.endTime()).isEmpty();
        assertThat(detail.userDefParams()).containsExactly(new Parameter("day", "$[yyyyMMdd]"));
        assertThat(detail.nodes()).extracting(NodeExecution::node).isEqualTo(workflow.nodes());
        jobs.job("a").context().appLink("application_1_1");
        jobs.job("a").context().appLink("application_1_1");
        jobs.job("a").context().appLink("application_1_2");
        remora.settle();
        assertThat(node(remora, execId, "a").appLinks()).containsExactly("application_1_1", "application_1_2");
        assertThat(remora.query().find(execId + 1)).isEmpty();
        assertThat(remora.query().find(-1)).isEmpty();
    }

    @Test
    void durationsCountToNowUntilTheEnd() {
        ManualRemora remora = manual();
        RetryPolicy retry = RetryPolicy.of(2).withBackoff(MINUTE);
        long execId = run(remora, flow(builder -> builder.node("a", "JOB", n -> n.retry(retry))));
        remora.advance(Duration.ofMillis(5_999));
        assertThat(remora.execution(execId).duration()).contains(Duration.ofSeconds(5));
        assertThat(node(remora, execId, "a").duration()).contains(Duration.ofSeconds(5));
        jobs.job("a").fail("1");
        remora.advance(MINUTE.plusSeconds(10));
        assertThat(remora.execution(execId).duration()).contains(Duration.ofSeconds(75));
        assertThat(node(remora, execId, "a").duration()).contains(Duration.ofSeconds(10));
        jobs.job("a").succeed();
        remora.advance(MINUTE);
        assertThat(remora.execution(execId).duration()).contains(Duration.ofSeconds(75));
    }

    @Test
    void anExecutionWaitsForASlotUntilItsFirstNodeStartsAndNeverAfter() {
        ManualRemora remora = manual(builder -> builder.maxRunningNodes(1));
        Workflow pair = flow(builder -> builder.node("a", "JOB").node("b", "JOB", n -> n.after("a")));
        long first = run(remora, single());
        remora.settle();
        long second = run(remora, pair);
        assertThat(show(remora, second)).isEqualTo("WAITING_RES: a INIT, b INIT");
        jobs.job(first, "a").succeed();
        assertThat(show(remora, second)).isEqualTo("RUNNING: a RUNNING, b WAITING_DEP");
        long third = run(remora, single(), request -> request.priority(10));
        remora.settle();
        jobs.job(second, "a").succeed();
        assertThat(show(remora, third)).isEqualTo("RUNNING: a RUNNING");
        assertThat(show(remora, second)).isEqualTo("RUNNING: a SUCCESS, b WAITING_RES");
    }

    @Test
    void listsAreFilteredOrderedAndPaged() {
        ManualRemora remora = manual(builder -> builder.maxRunningNodes(2));
        for (String name : List.of("alpha", "alpha_2", "alphaX2", "beta")) {
            remora.workflows().save(PROJECT, name, single());
        }
        remora.workflows().save("other", "alpha", single());
        long one = remora.as("ann").executor().run(RunRequest.of(PROJECT, "alpha"));
        remora.advance(MINUTE);
        long two = remora.executor().run(RunRequest.of(PROJECT, "alpha_2"));
        remora.advance(MINUTE);
        long three = remora.executor().run(RunRequest.of(PROJECT, "alphaX2"));
        remora.advance(MINUTE);
        long four = remora.executor().run(RunRequest.of("other", "alpha"));
        remora.advance(MINUTE);
        jobs.job(one, "a").fail("1");
        remora.settle();

        Instant start = ManualRemora.START;
        assertThat(list(remora, filter())).containsExactly(three, four, two, one);
        assertThat(list(remora, filter().project(PROJECT))).containsExactly(three, two, one);
        assertThat(list(remora, filter().project("nowhere"))).isEmpty();
        assertThat(list(remora, filter().workflows("alpha_"))).containsExactly(two);
        assertThat(list(remora, filter().workflows("alpha%"))).isEmpty();
        assertThat(list(remora, filter().workflows("Alpha"))).isEmpty();
        assertThat(list(remora, filter().workflows("alphaX", "alpha_"))).containsExactly(three, two);
        assertThat(list(remora, filter().statuses(Status.FAILED, Status.RUNNING)))
                .containsExactly(three, two, one);
        assertThat(list(remora, filter().statuses(Status.WAITING_RES))).containsExactly(four);
        assertThat(list(remora, filter().types(ExecutionType.SCHEDULER))).isEmpty();
        assertThat(list(remora, filter().submitUser("ann"))).containsExactly(one);
        assertThat(list(remora, filter().submittedFrom(start.plus(MINUTE)))).containsExactly(three, four, two);
        assertThat(list(remora, filter().submittedTo(start.plus(MINUTE)))).containsExactly(two, one);
        assertThat(list(remora, filter().from(1).size(2))).containsExactly(four, two);
        ExecutionPage page = remora.query().list(filter().from(3).size(2).build());
        assertThat(page.total()).isEqualTo(4);
        assertThat(page.length()).isEqualTo(1);
        assertThat(remora.query().list(filter().from(4).build()).executions()).isEmpty();
        assertThat(remora.query().list(filter().from(Long.MAX_VALUE).build()).total())
                .isEqualTo(4);
        assertThat(page.executions().get(0)).isEqualTo(remora.execution(one));
    }

    private static ExecutionFilter.Builder filter() {
        return ExecutionFilter.builder();
    }

    private static List<Long> list(Remora remora, ExecutionFilter.Builder filter) {
        ExecutionPage page = remora.query().list(filter.build());
        return page.executions().stream().map(Execution::execId).toList();
    }

    @Test
    void awaitReturnsWhenTheRunEnds() throws Exception {
        Remora remora = engine();
        long execId = run(remora, single());
        assertThat(remora.query().await(execId, Duration.ZERO)).isEmpty();
        assertThat(remora.query().await(execId, MOMENT)).isEmpty();
        CompletableFuture<Optional<Execution>> waiting = waiting(remora, execId);
        remora.executor().pause(execId);
        assertThat(remora.query().await(execId, MOMENT)).isEmpty();
        assertThat(waiting).isNotDone();
        jobs.job("a").succeed();
        assertThat(waiting.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .map(Execution::status)
                .contains(Status.SUCCESS);
        assertThat(remora.query().await(execId, Duration.ZERO))
                .map(Execution::status)
                .contains(Status.SUCCESS);
        assertThat(remora.query().await(execId, Duration.ofSeconds(Long.MAX_VALUE)))
                .isPresent();
    }

    @Test
    void awaitOfAnUnknownExecutionIsRefused() {
        Remora remora = engine();
        assertThatThrownBy(() -> remora.query().await(4711, MOMENT)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void awaitWaitsForTheNewRound() throws Exception {
        Remora remora = engine();
        long execId = run(remora, single());
        jobs.job("a").fail("1");
        assertThat(await(remora, execId).status()).isEqualTo(Status.FAILED);
        remora.executor().rerun(RerunRequest.failedPart(execId));
        assertThat(remora.query().await(execId, MOMENT)).isEmpty();
        CompletableFuture<Optional<Execution>> waiting = waiting(remora, execId);
        jobs.job(execId, "a", 2).succeed();
        assertThat(waiting.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .map(Execution::status)
                .contains(Status.SUCCESS);
    }

    @Test
    void awaitWorksFromAnotherEngine() throws Exception {
        Remora owner = engine();
        Remora other = engine(fixture.open(), jobs.another(), builder -> builder.name("other"));
        long execId = run(owner, single());
        CompletableFuture<Optional<Execution>> waiting = waiting(other, execId);
        jobs.job("a").succeed();
        assertThat(waiting.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .map(Execution::status)
                .contains(Status.SUCCESS);
    }

    private static CompletableFuture<Optional<Execution>> waiting(Remora remora, long execId) {
        CompletableFuture<Optional<Execution>> waiting = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                waiting.complete(remora.query().await(execId, LIMIT));
            } catch (InterruptedException | RuntimeException thrown) {
                waiting.completeExceptionally(thrown);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return waiting;
    }

    @Test
    void aPageTellsWhereTheNextOneBegins() {
        ManualRemora remora = manual();
        for (int i = 0; i < 3; i++) {
            remora.executor()
                    .runDirect(
                            DirectRunRequest.of(PROJECT, "cursor" + i, flow(builder -> builder.node("a", "VIRTUAL"))));
            remora.advance(Duration.ofSeconds(1));
        }
        ExecutionPage first = remora.query().list(filter().size(2).build());
        ExecutionPage second = remora.query()
                .list(filter().size(2).after(first.next().orElseThrow()).build());

        assertThat(first.executions()).extracting(Execution::workflow).containsExactly("cursor2", "cursor1");
        assertThat(second.executions()).extracting(Execution::workflow).containsExactly("cursor0");
        assertThat(second.total()).isEqualTo(3);
        assertThat(second.next()).isEmpty();
    }

    @Test
    void whatRanWithinHigherLimitsIsStillFound() {
        ManualRemora before = manual();
        long execId = run(
                before,
                flow(builder -> builder.node("a", "OK", n -> n.parameter("text", "${long}"))),
                request -> request.param("long", "0123456789"));
        assertThat(node(before, execId, "a").resolvedParameter()).isPresent();

        ManualRemora lower = manual(builder -> builder.limit(Limit.PARAMETER_VALUE_SIZE, 5));

        assertThat(show(lower, execId)).isEqualTo("SUCCESS: a SUCCESS");
        assertThat(node(lower, execId, "a").resolvedParameter()).isEmpty();
    }
}
