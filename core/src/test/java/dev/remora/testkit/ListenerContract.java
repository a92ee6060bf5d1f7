package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.Remora;
import dev.remora.event.ExecutionEvent;
import dev.remora.event.ExecutionEvent.ExecutionChanged;
import dev.remora.event.ExecutionEvent.NodeChanged;
import dev.remora.event.ExecutionEvent.Submitted;
import dev.remora.model.RetryPolicy;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What listeners hear. */
public abstract class ListenerContract extends EnginePart {
    private final List<ExecutionEvent> events = new CopyOnWriteArrayList<>();

    /** Creates the part. */
    protected ListenerContract() {}

    private List<String> heard(long execId) {
        return events.stream()
                .filter(event -> event.execId() == execId)
                .map(ListenerContract::words)
                .toList();
    }

    private static String words(ExecutionEvent event) {
        if (event instanceof NodeChanged node) {
            return node.node() + " " + node.attempt() + " " + node.from() + ">" + node.to()
                    + node.cause().map(cause -> "/" + cause).orElse("");
        }
        if (event instanceof ExecutionChanged execution) {
            return execution.from() + ">" + execution.to()
                    + execution.cause().map(cause -> "/" + cause).orElse("");
        }
        return event.getClass().getSimpleName();
    }

    @Test
    void everyTransitionIsHeardOnceInOrder() throws InterruptedException {
        Remora remora = engine(builder -> builder.listener(events::add));
        Workflow workflow = flow(builder -> builder.node(
                        "a", "JOB", n -> n.retry(RetryPolicy.of(2).withBackoff(Duration.ZERO)))
                .node("b", "JOB", n -> n.after("a"))
                .node("c", "JOB", n -> n.after("b")));
        long execId = run(remora, workflow);
        jobs.job(execId, "a", 1).fail("1");
        jobs.job(execId, "a", 2).succeed();
        jobs.job(execId, "b", 1).fail("2");
        await(remora, execId);
        until("the end is heard", () -> heard(execId).contains("RUNNING>FAILED/EXIT_CODE"));
        List<String> heard = heard(execId);
        assertThat(heard)
                .containsExactlyInAnyOrder(
                        "Submitted",
                        "INIT>RUNNING",
                        "a 0 INIT>WAITING_RES",
                        "b 0 INIT>WAITING_DEP",
                        "c 0 INIT>WAITING_DEP",
                        "a 1 WAITING_RES>RUNNING",
                        "a 1 RUNNING>WAITING_RES/EXIT_CODE",
                        "a 2 WAITING_RES>RUNNING",
                        "a 2 RUNNING>SUCCESS",
                        "b 0 WAITING_DEP>WAITING_RES",
                        "b 1 WAITING_RES>RUNNING",
                        "b 1 RUNNING>FAILED/EXIT_CODE",
                        "c 0 WAITING_DEP>DEP_FAILED",
                        "RUNNING>FAILED/EXIT_CODE");
        assertThat(heard.get(0)).isEqualTo("Submitted");
        assertThat(heard.get(heard.size() - 1)).isEqualTo("RUNNING>FAILED/EXIT_CODE");
        assertConnected(execId);
    }

    /** Each transition begins where the one before ended. */
    private void assertConnected(long execId) {
        Map<String, Status> shown = new HashMap<>();
        for (ExecutionEvent event : events) {
            if (event.execId() != execId) {
                continue;
            }
            if (event instanceof NodeChanged node) {
                Status before = shown.put(node.node(), node.to());
                assertThat(node.from()).as(event.toString()).isEqualTo(before == null ? Status.INIT : before);
            } else if (event instanceof ExecutionChanged execution) {
                Status before = shown.put("", execution.to());
                assertThat(execution.from()).as(event.toString()).isEqualTo(before == null ? Status.INIT : before);
            }
        }
    }

    @Test
    void whatIsHeardIsStored() throws InterruptedException {
        Map<Long, Status> found = new java.util.concurrent.ConcurrentHashMap<>();
        Remora[] remora = new Remora[1];
        java.util.concurrent.CountDownLatch ready = new java.util.concurrent.CountDownLatch(1);
        remora[0] = engine(builder -> builder.listener(event -> {
            if (event instanceof ExecutionChanged changed && changed.to().isFinal()) {
                awaitQuietly(ready);
                found.put(event.execId(), status(remora[0], event.execId()));
            }
        }));
        ready.countDown();
        long execId = run(remora[0], flow(builder -> builder.node("a", "OK")));
        until("the end is heard", () -> found.containsKey(execId));
        assertThat(found.get(execId)).isEqualTo(Status.SUCCESS);
    }

    private static void awaitQuietly(java.util.concurrent.CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aListenerThatThrowsHarmsNeitherRunsNorOtherListeners() throws InterruptedException {
        Remora remora = engine(builder -> builder.listener(event -> {
                    throw new IllegalStateException("meant to fail");
                })
                .listener(event -> {
                    throw new StackOverflowError("meant to fail");
                })
                .listener(events::add));
        long execId = run(remora, RunningContract.diamond("OK"));
        assertThat(await(remora, execId).status()).isEqualTo(Status.SUCCESS);
        until("the end is heard", () -> heard(execId).contains("RUNNING>SUCCESS"));
        assertConnected(execId);
    }

    @Test
    void eventsOfManyRunsComeEachInOrder() throws InterruptedException {
        Remora remora = engine(builder -> builder.listener(events::add));
        remora.workflows().save(PROJECT, FLOW, RunningContract.diamond("OK"));
        List<Long> ids = java.util.stream.IntStream.range(0, 50)
                .mapToObj(i -> remora.executor().run(dev.remora.model.RunRequest.of(PROJECT, FLOW)))
                .toList();
        for (long execId : ids) {
            await(remora, execId);
            until("the end is heard", () -> heard(execId).contains("RUNNING>SUCCESS"));
            assertConnected(execId);
        }
        assertThat(events.stream().filter(Submitted.class::isInstance)).hasSize(50);
        assertThat(events.stream()
                        .collect(Collectors.groupingBy(ExecutionEvent::execId))
                        .values())
                .allMatch(own -> own.get(0) instanceof Submitted);
    }

    @Test
    void whatIsQueuedIsHeardBeforeTheEngineIsClosed() throws InterruptedException {
        Remora remora = engine(builder -> builder.listener(events::add));
        long execId = run(remora, flow(builder -> builder.node("a", "OK")));
        await(remora, execId);
        remora.close(LIMIT);
        assertThat(heard(execId)).endsWith("RUNNING>SUCCESS");
    }
}
