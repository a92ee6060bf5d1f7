package dev.remora.internal.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.error.LimitExceededException;
import dev.remora.internal.problem.ProblemSink;
import dev.remora.internal.problem.Quote;
import dev.remora.internal.tree.JsonSize;
import dev.remora.model.Limit;
import dev.remora.model.Node;
import dev.remora.model.RetryPolicy;
import java.time.Duration;

/** Checks what one node says, without regard to the others. */
public final class NodeCheck {
    private static final int LONGEST_DESCRIPTION = 256;
    private static final int MOST_ATTEMPTS = 1000;
    private static final Duration LONGEST_BACKOFF = Duration.ofDays(30);
    private static final double LARGEST_MULTIPLIER = 100;
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(365);

    private final int number;
    private final Node node;
    private final ProblemSink problems;

    NodeCheck(int number, Node node, ProblemSink problems) {
        this.number = number;
        this.node = node;
        this.problems = problems;
    }

    void typeAndDescription() {
        if (node.type().isBlank()) {
            add("type", "is blank; it must name a job type");
        }
        int length = node.desc().length();
        if (length > LONGEST_DESCRIPTION) {
            length = node.desc().codePointCount(0, length);
        }
        if (length > LONGEST_DESCRIPTION) {
            add("desc", "has " + length + " characters; it may have at most " + LONGEST_DESCRIPTION);
        }
    }

    void parameter() {
        JsonNode parameter = node.parameter();
        if (!parameter.isObject()) {
            add("parameter", "is " + JsonSize.kind(parameter) + "; it must be an object");
        }
        bound(Limit.NODE_PARAMETER_SIZE, "parameter", parameter);
    }

    void rest() {
        bound(Limit.EXTRAS_SIZE, "extras", node.extras());
        if (!node.retry().equals(RetryPolicy.NONE)) {
            retry(node.retry());
        }
        node.timeout()
                .filter(timeout -> timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0)
                .ifPresent(timeout -> add("timeout", "is " + timeout + "; it must be 1 ms to 365 days"));
        if (!Names.isPool(node.pool())) {
            add("pool", "is " + Quote.of(node.pool()) + "; it must match " + Names.POOL_RULE);
        }
    }

    private void retry(RetryPolicy retry) {
        if (retry.maxAttempts() < 1 || retry.maxAttempts() > MOST_ATTEMPTS) {
            add("retry.maxAttempts", "is " + retry.maxAttempts() + "; it must be 1 to " + MOST_ATTEMPTS);
        }
        backoff("retry.backoff", retry.backoff());
        if (!(retry.multiplier() >= 1 && retry.multiplier() <= LARGEST_MULTIPLIER)) {
            add("retry.multiplier", "is " + retry.multiplier() + "; it must be 1 to 100");
        }
        backoff("retry.maxBackoff", retry.maxBackoff());
        if (!(retry.jitter() >= 0 && retry.jitter() <= 1)) {
            add("retry.jitter", "is " + retry.jitter() + "; it must be 0 to 1");
        }
    }

    private void backoff(String key, Duration wait) {
        if (wait.isNegative() || wait.compareTo(LONGEST_BACKOFF) > 0) {
            add(key, "is " + wait + "; it must be 0 to 30 days");
        }
    }

    private void bound(Limit limit, String key, JsonNode tree) {
        if (!tree.isObject() || !tree.isEmpty()) {
            checkSize(limit, "nodes[" + number + "]." + key, tree, problems);
        }
    }

    private void add(String key, String message) {
        problems.add("nodes[" + number + "]." + key, message);
    }

    /** Checks that a tree is JSON, and not larger than allowed. */
    static void checkSize(Limit limit, String path, JsonNode tree, ProblemSink problems) {
        long size = JsonSize.of(tree, path, problems);
        if (size > limit.defaultBound()) {
            throw new LimitExceededException(limit, limit.defaultBound(), path + " has " + size + " characters");
        }
    }
}
