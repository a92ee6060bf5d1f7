package dev.remora.examples.crash;

import dev.remora.model.RetryPolicy;
import dev.remora.model.Workflow;
import java.time.Duration;
import java.util.List;

/** Shell nodes that write down outside of the engine that they run; one of them fails at its first attempt. */
final class CrashWorkflow {
    static final String PROJECT = "crash";
    static final String NAME = "diamond";
    static final List<String> NODES = List.of("first", "left", "right", "flaky", "last");
    static final int LINES = 20;

    private CrashWorkflow() {}

    static Workflow workflow(Place place) {
        RetryPolicy retry = RetryPolicy.of(2).withBackoff(Duration.ofMillis(50));
        return Workflow.builder()
                .node("first", "SHELL", node -> node.parameter("script", script(place, "")))
                .node("left", "SHELL", node -> node.after("first").parameter("script", script(place, "")))
                .node("right", "SHELL", node -> node.after("first").parameter("script", script(place, "sleep 0.2")))
                .node(
                        "flaky",
                        "SHELL",
                        node -> node.after("first").retry(retry).parameter("script", script(place, failOnce(place))))
                .node(
                        "last",
                        "SHELL",
                        node -> node.after("left", "right", "flaky").parameter("script", script(place, "")))
                .build();
    }

    private static String script(Place place, String work) {
        return """
                set -e
                me="$REMORA_EXEC_ID $REMORA_NODE $REMORA_ATTEMPT"
                echo "$me" >> '%s'
                i=0
                while [ $i -lt %d ]; do echo "line $i"; i=$((i+1)); done
                %s
                echo "$me" >> '%s'
                """.formatted(place.began().file(), LINES, work, place.ended().file());
    }

    /** A failure of the job itself; what happens to its engine has no part in it. */
    private static String failOnce(Place place) {
        return "mkdir '%s/failed-${sf.system.jobId}' 2>/dev/null && exit 7".formatted(place.directory());
    }
}
