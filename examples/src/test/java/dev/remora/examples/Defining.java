package dev.remora.examples;

import dev.remora.model.RetryPolicy;
import dev.remora.model.Trigger;
import dev.remora.model.Workflow;
import java.time.Duration;

/** The example of the README about defining. */
final class Defining {
    private Defining() {}

    static Workflow example() {
        // begin of the example
        RetryPolicy retry = RetryPolicy.of(3).withBackoff(Duration.ofSeconds(5));
        Workflow workflow = Workflow.builder()
                .node(
                        "fetch",
                        "SHELL",
                        node -> node.parameter("script", "cp /data/in.txt .").retry(retry))
                .node("count", "SHELL", node -> node.after("fetch").parameter("script", "wc -w in.txt"))
                .node(
                        "sweep",
                        "SHELL",
                        node -> node.after("fetch", "count")
                                .trigger(Trigger.ALL_DONE)
                                .parameter("script", "rm -f in.txt"))
                .build();
        // end of the example
        return workflow;
    }
}
