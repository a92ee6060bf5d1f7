package dev.remora.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.Remora;
import dev.remora.error.ExecutionStateException;
import dev.remora.model.Execution;
import dev.remora.model.ExecutionDetail;
import dev.remora.model.FailurePolicy;
import dev.remora.model.NodeExecution;
import dev.remora.model.RerunRequest;
import dev.remora.model.RetryPolicy;
import dev.remora.model.Status;
import dev.remora.model.Trigger;
import dev.remora.model.Workflow;
import dev.remora.spi.JobContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Random graphs through the real engine on real threads, with failures, retries, pauses, kills and reruns at random
 * moments. The seed is {@code -Dremora.test.seed}, else random; it decides all but the moments.
 */
public abstract class RandomContract extends EnginePart {
    private static final int NODES = 2_000;
    private static final int MOST_ATTEMPTS = 3;
    private static final int MOST_DEPENDENCIES = 3;

    private final long seed = Long.getLong("remora.test.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<String, List<String>> dependencies = new HashMap<>();
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private boolean allSucceed;
    private Remora remora;

    /** Creates the part. */
    protected RandomContract() {}

    @BeforeEach
    void start() {
        remora = engine(builder -> builder.maxRunningNodes(16).java("WATCHED", this::work));
    }

    /** Notes what must never be, and fails when the seed says so. */
    private Map<String, String> work(JobContext context) {
        String node = context.jobId().node();
        if (!running.add(node)) {
            wrong.add(node + " runs twice at once");
        }
        int count = attempts.merge(node, 1, Integer::sum);
        if (count != context.attempt()) {
            wrong.add(node + " attempt " + context.attempt() + " is run as number " + count);
        }
        for (String dependency : dependencies.get(node)) {
            if (running.contains(dependency)) {
                wrong.add(node + " starts before " + dependency + " has ended");
            }
        }
        boolean fails = new Random(seed ^ (node.hashCode() * 31L + context.attempt())).nextInt(100) < failures(node);
        ended.add(node);
        running.remove(node);
        if (fails) {
            throw new IllegalStateException("meant to fail");
        }
        return Map.of("attempt", Integer.toString(context.attempt()));
    }

    /** Most nodes fail now and then, a few always. */
    private int failures(String node) {
        return node.hashCode() % 250 == 0 && !allSucceed ? 100 : 10;
    }

    private Workflow graph(boolean sure) {
        allSucceed = sure;
        List<String> names = new ArrayList<>();
        Workflow.Builder builder = Workflow.builder();
        for (int i = 0; i < NODES; i++) {
            String name = "n" + i;
            List<String> before = new ArrayList<>();
            int count = Math.min(i, random.nextInt(MOST_DEPENDENCIES + 1));
            while (before.size() < count) {
                String candidate =
                        names.get(random.nextInt(2) == 0 ? i - 1 - random.nextInt(Math.min(i, 50)) : random.nextInt(i));
                if (!before.contains(candidate)) {
                    before.add(candidate);
                } else {
                    count--;
                }
            }
            dependencies.put(name, before);
            names.add(name);
            boolean cleanUp = random.nextInt(10) == 0;
            int tries = sure ? 50 : 1 + random.nextInt(MOST_ATTEMPTS);
            builder.node(
                    name,
                    "WATCHED",
                    n -> n.after(before)
                            .trigger(cleanUp ? Trigger.ALL_DONE : Trigger.ALL_SUCCESS)
                            .retry(RetryPolicy.of(tries).withBackoff(Duration.ZERO)));
        }
        return builder.build();
    }

    private FailurePolicy policy() {
        return FailurePolicy.values()[random.nextInt(FailurePolicy.values().length)];
    }

    /** Checks what a final execution shows against the rules, and against what its jobs counted. */
    private void check(long execId, FailurePolicy policy, int rounds) {
        ExecutionDetail detail = detail(remora, execId);
        assertThat(wrong).as("seed " + seed).isEmpty();
        assertThat(running).as("seed " + seed).isEmpty();
        Map<String, NodeExecution> nodes = new HashMap<>();
        detail.nodes().forEach(node -> nodes.put(node.name(), node));
        boolean failed = false;
        boolean killed = false;
        for (NodeExecution node : detail.nodes()) {
            String what = "seed " + seed + ": " + policy + " " + node.name() + " " + node.status() + " " + node.cause()
                    + " attempt " + node.attempt();
            assertThat(node.status().isFinal()).as(what).isTrue();
            // why: a kill may come between the record of a start and the start itself
            int counted = attempts.getOrDefault(node.name(), 0);
            assertThat(counted).as(what).isLessThanOrEqualTo(node.attempt());
            if (node.status() == Status.SUCCESS || node.status() == Status.FAILED) {
                assertThat(counted).as(what).isEqualTo(node.attempt());
            }
            assertThat(node.attempt())
                    .as(what)
                    .isLessThanOrEqualTo(rounds * node.node().retry().maxAttempts());
            failed |= node.status() == Status.FAILED;
            killed |= node.status() == Status.KILL;
            if (node.status() == Status.SUCCESS) {
                assertThat(node.outputs()).as(what).containsEntry("attempt", Integer.toString(node.attempt()));
                if (rounds == 1 && node.node().trigger() == Trigger.ALL_SUCCESS) {
                    assertThat(dependencies.get(node.name()))
                            .as(what)
                            .allMatch(before -> nodes.get(before).status() == Status.SUCCESS);
                }
            }
            if (node.status() == Status.DEP_FAILED && policy == FailurePolicy.CONTINUE) {
                assertThat(dependencies.get(node.name()))
                        .as(what)
                        .anyMatch(before -> nodes.get(before).status() != Status.SUCCESS);
            }
        }
        Execution execution = detail.execution();
        String what = "seed " + seed + ": " + execution;
        switch (execution.status()) {
            case SUCCESS -> assertThat(failed || killed).as(what).isFalse();
            case FAILED -> assertThat(failed).as(what).isTrue();
            case KILL -> assertThat(killed).as(what).isTrue();
            default -> throw new AssertionError(what);
        }
    }

    @Test
    void withRetriesEnoughEveryNodeSucceeds() throws InterruptedException {
        Workflow workflow = graph(true);
        long execId = run(remora, workflow, request -> request.failurePolicy(FailurePolicy.CONTINUE));
        Execution end = await(remora, execId);
        check(execId, FailurePolicy.CONTINUE, 1);
        assertThat(end.status()).as("seed " + seed).isEqualTo(Status.SUCCESS);
    }

    @Test
    void failuresFollowThePolicy() throws InterruptedException {
        Workflow workflow = graph(false);
        FailurePolicy policy = policy();
        long execId = run(remora, workflow, request -> request.failurePolicy(policy));
        await(remora, execId);
        check(execId, policy, 1);
    }

    @Test
    void pausesAndKillsAtAnyMomentLeaveNothingBehind() throws InterruptedException {
        Workflow workflow = graph(false);
        FailurePolicy policy = FailurePolicy.CONTINUE;
        long execId = run(remora, workflow, request -> request.failurePolicy(policy));
        int pauses = 1 + random.nextInt(5);
        for (int i = 1; i <= pauses; i++) {
            int some = i * random.nextInt(NODES / 10);
            until(
                    "some nodes have ended",
                    () -> ended.size() >= some || status(remora, execId).isFinal());
            steer(() -> remora.executor().pause(execId));
            steer(() -> remora.executor().resume(execId));
        }
        if (random.nextBoolean()) {
            int some = random.nextInt(NODES / 2);
            until(
                    "some nodes have ended",
                    () -> ended.size() >= some || status(remora, execId).isFinal());
            remora.executor().kill(execId);
        }
        await(remora, execId);
        until("what was stopped is gone", running::isEmpty);
        check(execId, policy, 1);
    }

    private static void steer(Runnable command) {
        try {
            command.run();
        } catch (ExecutionStateException ended) {
            assertThat(ended.status().isFinal()).isTrue();
        }
    }

    @Test
    void roundsGoOnWhereTheLastOneStopped() throws InterruptedException {
        Workflow workflow = graph(false);
        long execId = run(remora, workflow, request -> request.failurePolicy(FailurePolicy.CONTINUE));
        await(remora, execId);
        for (int round = 2; round <= 4; round++) {
            Map<String, Integer> kept = new HashMap<>();
            detail(remora, execId).nodes().stream()
                    .filter(node ->
                            node.status() == Status.SUCCESS && node.node().trigger() == Trigger.ALL_SUCCESS)
                    .forEach(node -> kept.put(node.name(), node.attempt()));
            try {
                remora.executor().rerun(RerunRequest.failedPart(execId));
            } catch (ExecutionStateException nothingFailed) {
                assertThat(nothingFailed.status()).as("seed " + seed).isEqualTo(Status.SUCCESS);
                return;
            }
            await(remora, execId);
            check(execId, FailurePolicy.CONTINUE, round);
            Map<String, Integer> attemptsNow = new HashMap<>();
            detail(remora, execId).nodes().forEach(node -> attemptsNow.put(node.name(), node.attempt()));
            kept.forEach((name, attempt) ->
                    assertThat(attemptsNow).as("seed " + seed).containsEntry(name, attempt));
        }
    }
}
