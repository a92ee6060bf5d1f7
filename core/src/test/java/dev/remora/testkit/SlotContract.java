package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.RetryPolicy;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who runs when there is not room for all. */
public abstract class SlotContract extends EnginePart {
    private static final int MANY = 10_000;

    /** Creates the part. */
    protected SlotContract() {}

    private static Workflow wide(int nodes) {
        return flow(builder -> {
            IntStream.range(0, nodes).forEach(i -> builder.node("n" + i, "JOB"));
            return builder;
        });
    }

    private void endAll(ManualRemora remora) {
        remora.settle();
        while (!jobs.running().isEmpty()) {
            jobs.started().stream()
                    .filter(job -> !job.isOver())
                    .findFirst()
                    .orElseThrow()
                    .succeed();
            remora.settle();
        }
    }

    private List<String> order() {
        return jobs.started().stream().map(ScriptedJobType.Job::node).toList();
    }

    private List<Long> executions() {
        return jobs.started().stream()
                .map(job -> job.context().jobId().execId())
                .toList();
    }

    @Test
    void noMoreNodesRunThanTheEngineAllows() {
        ManualRemora remora = manual(builder -> builder.maxRunningNodes(3));
        long execId = run(remora, wide(10));
        remora.settle();
        for (int ended = 0; ended < 10; ended++) {
            assertThat(jobs.running()).hasSize(Math.min(3, 10 - ended));
            jobs.job(jobs.running().get(0)).succeed();
            remora.settle();
        }
        assertThat(status(remora, execId)).isEqualTo(Status.SUCCESS);
        assertThat(order())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> "n" + i).toList());
    }

    @Test
    void noMoreNodesOfAnExecutionRunThanAllowed() {
        ManualRemora remora = manual(builder -> builder.maxRunningNodesPerExecution(2));
        run(remora, wide(5));
        run(remora, wide(5));
        remora.settle();
        assertThat(jobs.running()).containsExactlyInAnyOrder("n0", "n1", "n0", "n1");
        jobs.job("n0").succeed();
        remora.settle();
        assertThat(jobs.running()).hasSize(4).contains("n2");
        endAll(remora);
        assertThat(jobs.started()).hasSize(10);
    }

    @Test
    void noMoreNodesOfAPoolRunThanItHolds() {
        ManualRemora remora = manual(builder -> builder.pool("few", 1));
        Workflow workflow = flow(builder -> builder.node("a", "JOB", n -> n.pool("few"))
                .node("b", "JOB", n -> n.pool("few"))
                .node("c", "JOB")
                .node("d", "JOB"));
        long execId = run(remora, workflow);
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a RUNNING, b WAITING_RES, c RUNNING, d RUNNING");
        jobs.job("c").succeed();
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a RUNNING, b WAITING_RES, c SUCCESS, d RUNNING");
        jobs.job("a").succeed();
        assertThat(show(remora, execId)).isEqualTo("RUNNING: a SUCCESS, b RUNNING, c SUCCESS, d RUNNING");
    }

    @Test
    void aFullPoolKeepsNobodyElseWaiting() {
        ManualRemora remora = manual(builder -> builder.pool("few", 1).maxRunningNodes(2));
        Workflow pooled = flow(builder -> builder.node("a", "JOB", n -> n.pool("few")));
        long first = run(remora, pooled);
        remora.settle();
        long second = run(remora, pooled, request -> request.priority(10));
        long third = run(remora, single(), request -> request.priority(1));
        assertThat(show(remora, second)).isEqualTo("WAITING_RES: a INIT");
        assertThat(show(remora, third)).isEqualTo("RUNNING: a RUNNING");
        jobs.job(first, "a").succeed();
        assertThat(show(remora, second)).isEqualTo("RUNNING: a RUNNING");
    }

    @Test
    void higherPrioritiesGoFirst() {
        ManualRemora remora = manual(builder -> builder.maxRunningNodes(1));
        long running = run(remora, single());
        remora.settle();
        long low = run(remora, single(), request -> request.priority(1));
        remora.settle();
        long middle = run(remora, single());
        remora.settle();
        long high = run(remora, single(), request -> request.priority(10));
        endAll(remora);
        assertThat(executions()).containsExactly(running, high, middle, low);
    }

    @Test
    void executionsOfOnePriorityTakeTurns() {
        ManualRemora remora = manual(builder -> builder.maxRunningNodes(1));
        long huge = run(remora, wide(50));
        remora.settle();
        long small = run(remora, wide(3));
        endAll(remora);
        List<Long> order = executions();
        assertThat(order).hasSize(53);
        assertThat(order.lastIndexOf(small)).isLessThanOrEqualTo(7);
        assertThat(order.get(0)).isEqualTo(huge);
    }

    @Test
    void aBackOffHoldsNoSlot() {
        ManualRemora remora = manual(builder -> builder.maxRunningNodes(1));
        long first = run(
                remora,
                flow(builder ->
                        builder.node("a", "JOB", n -> n.retry(RetryPolicy.of(2).withBackoff(Duration.ofHours(1))))));
        remora.settle();
        jobs.job(first, "a").fail("1");
        remora.settle();
        long second = run(remora, single());
        assertThat(show(remora, second)).isEqualTo("RUNNING: a RUNNING");
        remora.advance(Duration.ofHours(1));
        assertThat(show(remora, first)).isEqualTo("RUNNING: a WAITING_RES/EXIT_CODE");
        jobs.job(second, "a").succeed();
        assertThat(show(remora, first)).isEqualTo("RUNNING: a RUNNING");
    }

    @Test
    void virtualNodesNeedNoSlot() {
        ManualRemora remora = manual(builder -> builder.maxRunningNodes(1));
        run(remora, single());
        long execId = run(remora, flow(builder -> builder.node("v", "VIRTUAL")));
        assertThat(show(remora, execId)).isEqualTo("SUCCESS: v SUCCESS");
    }

    @Test
    void thousandsOfWaitingExecutionsHoldNoThread() {
        ManualRemora remora = manual(builder -> builder.maxRunningNodes(2));
        Workflow workflow = flow(builder ->
                builder.node("a", "JOB", n -> n.retry(RetryPolicy.of(2).withBackoff(Duration.ofHours(1)))));
        long first = run(remora, workflow);
        remora.settle();
        int before = engineThreads();
        List<Long> waiting = new ArrayList<>();
        int many = many(MANY);
        for (int i = 0; i < many; i++) {
            long execId = remora.executor().run(dev.remora.model.RunRequest.of(PROJECT, FLOW));
            waiting.add(execId);
            if (i % 3 == 1) {
                remora.executor().pause(execId);
            } else if (i % 100 == 0) {
                remora.settle();
                jobs.started().stream()
                        .filter(job -> !job.isOver() && job.context().jobId().execId() != first)
                        .forEach(job -> job.fail("1"));
            }
        }
        remora.settle();
        assertThat(engineThreads()).isLessThanOrEqualTo(before + 8);
        remora.executor().kill(first);
        waiting.forEach(execId -> remora.executor().kill(execId));
        remora.settle();
        assertThat(status(remora, waiting.get(many / 2))).isEqualTo(Status.KILL);
        assertThat(jobs.running()).isEmpty();
    }

    private static int engineThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("remora-"))
                .count();
    }
}
