package dev.remora.internal.run;

import dev.remora.internal.dag.Definition;
import dev.remora.internal.dag.Selection;
import dev.remora.model.Cause;
import dev.remora.model.FailurePolicy;
import dev.remora.model.Node;
import dev.remora.model.OnLost;
import dev.remora.model.RerunRequest;
import dev.remora.model.RerunRequest.Scope;
import dev.remora.model.Status;
import dev.remora.model.Trigger;
import dev.remora.model.Workflow;
import dev.remora.spi.JobResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A random workflow that random things happen to, all drawn from one seed: ends, losses, deadlines, kills, pauses,
 * take-overs, new rounds.
 *
 * <p>Deadlines of different kinds never fall on the same millisecond, because the rules do not say which is first:
 * events happen at multiples of {@link RunDriver#UNIT}, and each kind of deadline has a remainder of its own.
 */
final class RandomScenario {
    private static final long UNIT = RunDriver.UNIT;

    private final Random random;
    private final int size;
    private final boolean compared;
    private final int slots;
    private final double trouble;
    private RunDriver driver;

    RandomScenario(long seed, int size, boolean compared) {
        random = new Random(seed);
        this.size = size;
        this.compared = compared;
        slots = 1 + random.nextInt(chance(0.5) ? 3 : size);
        trouble = chance(0.3) ? 0 : chance(0.5) ? 0.05 : 0.3;
    }

    /** Plays it all; returns how many rounds there were. */
    int play() {
        Definition definition = definition();
        RunSetup setup = RunDriver.of(definition)
                .policy(FailurePolicy.values()[random.nextInt(3)])
                .selected(selection(definition))
                .timeout(chance(0.3) ? (1 + random.nextInt(size + 5)) * UNIT + 3 : 0)
                .stop((1 + random.nextInt(3)) * UNIT + UNIT / 2);
        driver = (compared ? setup : setup.withoutReference()).open();
        int rounds = 1;
        round();
        while (rounds < 4 && chance(0.6) && again()) {
            rounds++;
            round();
        }
        return rounds;
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    // What is run

    private Definition definition() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            order.add(i);
        }
        double cleanUps = chance(0.5) ? 0.1 : 0.4;
        double disabled = chance(0.5) ? 0 : 0.2;
        double instant = chance(0.5) ? 0 : 0.2;
        int breadth = 1 + random.nextInt(size);
        int most = random.nextInt(4);
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Node.Builder node = chance(instant) ? Nodes.instant("n" + i) : Nodes.job("n" + i);
            node.trigger(chance(cleanUps) ? Trigger.ALL_DONE : Trigger.ALL_SUCCESS)
                    .disabled(chance(disabled))
                    .onLost(chance(0.2) ? OnLost.FAIL : OnLost.RERUN);
            if (chance(0.4)) {
                node.retry(Nodes.attempts(1 + random.nextInt(3)));
            }
            if (chance(0.2)) {
                node.timeout(Duration.ofMillis((1 + random.nextInt(4)) * UNIT + 10L * (i + 1)));
            }
            List<Integer> after = new ArrayList<>();
            for (int d = random.nextInt(most + 1); d > 0 && i > 0; d--) {
                int from = Math.max(0, i - breadth) + random.nextInt(Math.min(i, breadth));
                if (!after.contains(from)) {
                    after.add(from);
                }
            }
            after.forEach(from -> node.after("n" + from));
            nodes.add(node.build());
        }
        Collections.shuffle(nodes, random);
        Workflow.Builder workflow = Workflow.builder();
        nodes.forEach(workflow::node);
        return Nodes.define(workflow.build());
    }

    private BitSet selection(Definition definition) {
        if (chance(0.6)) {
            return Selection.all(definition.dag());
        }
        BitSet selected = new BitSet();
        double share = random.nextDouble();
        for (int node = 0; node < size; node++) {
            selected.set(node, chance(share));
        }
        return selected;
    }

    // What happens

    private void round() {
        int quiet = 20 * size;
        for (int step = 0; !driver.run.status().isFinal(); step++) {
            driver.check(step < 60L * size + 1000, () -> "does not come to an end: " + driver.run.state());
            if (step > quiet || !trouble()) {
                progress();
            }
        }
    }

    private boolean trouble() {
        double share = 3.0 / size;
        if (chance(0.02 * share)) {
            driver.kill(chance(0.5) ? Cause.USER_KILL : Cause.REPLACED);
        } else if (chance(0.1 * share)) {
            driver.pause();
        } else if (chance(0.1 * share)) {
            driver.restore();
        } else if (chance(0.1 * share)) {
            driver.noSlot();
        } else if (chance(0.2)) {
            driver.pass((1 + random.nextInt(3)) * UNIT);
        } else {
            return false;
        }
        return true;
    }

    private void progress() {
        boolean paused = driver.run.status() == Status.PAUSED;
        boolean canStart = !paused && !driver.queue.isEmpty() && driver.running.size() < slots;
        if (canStart && (driver.running.isEmpty() || chance(0.6))) {
            int node = pick(driver.queue);
            if (driver.reference.isPresent()) {
                driver.start(node);
            } else {
                driver.tryStart(node);
            }
        } else if (!driver.running.isEmpty() && (!paused || chance(0.8))) {
            end(pick(driver.running));
        } else if (paused) {
            driver.resume();
        } else {
            driver.check(
                    driver.run.nextDeadline() != Long.MAX_VALUE,
                    () -> "hangs as " + driver.run.state() + " with ready " + driver.ready());
            driver.pass(UNIT);
        }
    }

    private void end(int node) {
        boolean stopping = driver.stopping.contains(node);
        if (chance(trouble / 3)) {
            driver.lost(node);
            return;
        }
        if (chance(trouble / 10)) {
            driver.ended(node, driver.run.attempt(node) + 1, JobResult.success());
        }
        JobResult result = chance(trouble) ? RunDriver.failure() : JobResult.success();
        if (chance(trouble / 10)) {
            result = JobResult.failed(Cause.EXCEPTION, "it broke");
        }
        driver.end(node, stopping && chance(0.3) ? result.endedBeforeStop() : result);
    }

    /** One of the first few, so that it costs the same whatever the size. */
    private int pick(Set<Integer> nodes) {
        int skipped = random.nextInt(Math.min(nodes.size(), 20));
        return nodes.stream().skip(skipped).findFirst().orElseThrow();
    }

    // Whether it goes on

    private boolean again() {
        Scope scope = Scope.values()[random.nextInt(3)];
        RerunRequest request = switch (scope) {
            case ALL -> RerunRequest.all(RunDriver.EXEC_ID);
            case FAILED_PART -> RerunRequest.failedPart(RunDriver.EXEC_ID);
            case FROM_NODE -> RerunRequest.fromNode(RunDriver.EXEC_ID, "n" + random.nextInt(size));
        };
        List<Integer> playing = selectedNodes().boxed().toList();
        boolean failed = selectedNodes().anyMatch(node -> driver.run.status(node) != Status.SUCCESS);
        boolean fits = switch (scope) {
            case ALL -> !playing.isEmpty();
            case FAILED_PART -> failed;
            case FROM_NODE -> playing.contains(driver.number(request.fromNode().orElseThrow()));
        };
        if (fits) {
            driver.rerun(request);
        }
        return fits;
    }

    private IntStream selectedNodes() {
        return driver.settings.selected().stream().filter(node -> !driver.definition.disabled(node));
    }
}
