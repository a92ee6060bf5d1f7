package dev.remora.testkit.simulation;

import dev.remora.model.FailurePolicy;
import dev.remora.model.Node;
import dev.remora.model.NodeDependency;
import dev.remora.model.OnLost;
import dev.remora.model.RetryPolicy;
import dev.remora.model.RunOptions;
import dev.remora.model.Trigger;
import dev.remora.model.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Random workflows, and random ways to run them. */
final class Workflows {
    private static final int MOST_NODES = 8;
    private static final List<String> TYPES =
            List.of(SimulatedJobs.INNER, SimulatedJobs.OUTER, SimulatedJobs.OUTER, SimulatedJobs.CODE, Shape.VIRTUAL);

    private final Random random;

    Workflows(Random random) {
        this.random = random;
    }

    Workflow workflow() {
        Workflow.Builder workflow = Workflow.builder();
        int size = 1 + random.nextInt(MOST_NODES);
        double density = random.nextDouble();
        for (int node = 0; node < size; node++) {
            workflow.node(node(node, density));
        }
        return workflow.build();
    }

    private Node node(int number, double density) {
        Node.Builder node = Node.builder("n" + number, TYPES.get(random.nextInt(TYPES.size())));
        for (int before = 0; before < number; before++) {
            if (random.nextDouble() < density / number * 2) {
                node.after("n" + before);
            }
        }
        if (oneIn(3)) {
            node.retry(RetryPolicy.of(1 + random.nextInt(3)).withBackoff(Duration.ofMillis(1 + random.nextInt(4_000))));
        }
        if (oneIn(5)) {
            node.timeout(Duration.ofMillis(500 + random.nextInt(8_000)));
        }
        if (oneIn(5)) {
            node.trigger(Trigger.ALL_DONE);
        }
        if (oneIn(5)) {
            node.onLost(OnLost.FAIL);
        }
        if (oneIn(4)) {
            node.pool(Host.POOL);
        }
        return node.disabled(oneIn(12)).build();
    }

    /** Sets how a workflow is run. */
    <B extends RunOptions.Settings<B>> B options(B settings, Workflow workflow) {
        settings.failurePolicy(FailurePolicy.values()[random.nextInt(FailurePolicy.values().length)]);
        settings.priority(1 + random.nextInt(10));
        if (oneIn(5)) {
            settings.timeout(Duration.ofMillis(1_000 + random.nextInt(30_000)));
        }
        if (oneIn(4)) {
            settings.nodes("n" + random.nextInt(workflow.nodes().size()));
            settings.nodeDependency(NodeDependency.values()[random.nextInt(NodeDependency.values().length)]);
        }
        return settings;
    }

    private boolean oneIn(int number) {
        return random.nextInt(number) == 0;
    }
}
