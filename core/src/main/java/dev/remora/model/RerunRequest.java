package dev.remora.model;

import dev.remora.error.ValidationException;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks for a new round of a finished execution, under the same {@code execId}.
 *
 * <p>Nodes outside the round keep their results and outputs, and edges from them count as met. Parameters and cycle
 * time are those of the first submission; the timeout counts anew; attempts are numbered on, with a fresh budget.
 *
 * @param execId the execution
 * @param scope which part runs again
 * @param fromNode the node to start from; present exactly with {@link Scope#FROM_NODE}
 * @param latestDefinition whether the latest version of the workflow is used; else the definition it had. Nodes that
 *     succeeded are kept by name, new ones run, those that are gone vanish from the round
 */
public record RerunRequest(long execId, Scope scope, Optional<String> fromNode, boolean latestDefinition) {
    /** Which part of an execution runs again. */
    public enum Scope {
        /**
         * Every selected node that neither succeeded nor was skipped, and every {@link Trigger#ALL_DONE} node behind
         * one of these.
         */
        FAILED_PART,
        /** One node and all its successors, whatever became of them. */
        FROM_NODE,
        /** Every selected node. */
        ALL
    }

    /**
     * Creates a request.
     *
     * @throws NullPointerException if a component is null
     * @throws ValidationException if {@code fromNode} does not fit the scope
     */
    public RerunRequest {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(fromNode, "fromNode");
        if (fromNode.isEmpty() && scope == Scope.FROM_NODE) {
            throw ValidationException.of("rerun request", "fromNode", "is missing; scope FROM_NODE needs it");
        }
        if (fromNode.isPresent() && scope != Scope.FROM_NODE) {
            throw ValidationException.of(
                    "rerun request", "fromNode", "is given with scope " + scope + "; only FROM_NODE takes it");
        }
    }

    /**
     * Asks for the part that failed.
     *
     * @param execId the execution
     * @return the request
     */
    public static RerunRequest failedPart(long execId) {
        return new RerunRequest(execId, Scope.FAILED_PART, Optional.empty(), false);
    }

    /**
     * Asks for a node and all its successors.
     *
     * @param execId the execution
     * @param node the node to start from
     * @return the request
     */
    public static RerunRequest fromNode(long execId, String node) {
        return new RerunRequest(execId, Scope.FROM_NODE, Optional.of(node), false);
    }

    /**
     * Asks for all of it.
     *
     * @param execId the execution
     * @return the request
     */
    public static RerunRequest all(long execId) {
        return new RerunRequest(execId, Scope.ALL, Optional.empty(), false);
    }

    /**
     * Returns this request with the latest version of the workflow instead of the definition that the execution had.
     *
     * @return a changed copy
     */
    public RerunRequest withLatestDefinition() {
        return new RerunRequest(execId, scope, fromNode, true);
    }
}
