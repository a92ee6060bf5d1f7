package dev.remora.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One node of a run, as a query sees it.
 *
 * @param node the node as defined: name, type, desc, parameter, dep, extras, …
 * @param jobId by which its log is read
 * @param status its state
 * @param cause why it is in that state, where that needs an explanation
 * @param message what a job or the engine said of the cause, empty if nothing
 * @param attempt the number of the last attempt, over all rounds; 0 if it never ran
 * @param round the round in which it last took part; 0 if never
 * @param startTime when the last attempt started
 * @param endTime when it ended
 * @param duration of the last attempt, to its end or to now; in whole seconds, cut
 * @param nextAttemptTime when the next attempt is due, while it waits for one
 * @param resolvedParameter the parameter with its placeholders resolved, from what is stored now; empty if it never ran.
 *     Not to be modified
 * @param appLinks ids or addresses of cluster applications, in the order they appeared
 * @param outputs what the successful attempt put out
 */
public record NodeExecution(
        Node node,
        String jobId,
        Status status,
        Optional<Cause> cause,
        String message,
        int attempt,
        int round,
        Optional<Instant> startTime,
        Optional<Instant> endTime,
        Optional<Duration> duration,
        Optional<Instant> nextAttemptTime,
        Optional<JsonNode> resolvedParameter,
        List<String> appLinks,
        Map<String, String> outputs) {
    /**
     * Creates a view of a node.
     *
     * @throws NullPointerException if a component is null
     */
    public NodeExecution {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(jobId, "jobId");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(startTime, "startTime");
        Objects.requireNonNull(endTime, "endTime");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(nextAttemptTime, "nextAttemptTime");
        Objects.requireNonNull(resolvedParameter, "resolvedParameter");
        appLinks = List.copyOf(appLinks);
        outputs = Map.copyOf(outputs);
    }

    /**
     * Returns the name of the node.
     *
     * @return the name
     */
    public String name() {
        return node.name();
    }
}
