package dev.remora.internal.run;

import dev.remora.internal.dag.Definition;
import dev.remora.model.Node;
import dev.remora.model.RetryPolicy;
import dev.remora.model.Trigger;
import dev.remora.model.Workflow;
import java.time.Duration;

/** Short ways to write down nodes. */
final class Nodes {
    private static final String INSTANT = "VIRTUAL";

    private Nodes() {}

    /** A job behind others. */
    static Node.Builder job(String name, String... after) {
        return Node.builder(name, "JOB").after(after);
    }

    /** A job with trigger ALL_DONE. */
    static Node.Builder cleanUp(String name, String... after) {
        return job(name, after).trigger(Trigger.ALL_DONE);
    }

    /** A disabled job. */
    static Node.Builder off(String name, String... after) {
        return job(name, after).disabled(true);
    }

    /** A node that succeeds the moment it may start. */
    static Node.Builder instant(String name, String... after) {
        return Node.builder(name, INSTANT).after(after);
    }

    /** Attempts with a constant wait of one {@link RunDriver#UNIT} between them. */
    static RetryPolicy attempts(int attempts) {
        return RetryPolicy.of(attempts)
                .withBackoff(Duration.ofMillis(RunDriver.UNIT))
                .withMultiplier(1);
    }

    static Definition define(Node.Builder... nodes) {
        Workflow.Builder workflow = Workflow.builder();
        for (Node.Builder node : nodes) {
            workflow.node(node.build());
        }
        return define(workflow.build());
    }

    static Definition define(Workflow workflow) {
        return Definition.of(workflow, INSTANT::equals);
    }
}
