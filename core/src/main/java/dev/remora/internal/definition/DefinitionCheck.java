package dev.remora.internal.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.error.LimitExceededException;
import dev.remora.internal.problem.ProblemSink;
import dev.remora.internal.problem.Problems;
import dev.remora.model.Limit;
import dev.remora.model.Node;
import dev.remora.model.Parameter;
import java.util.List;

/** Finds everything that is wrong with a definition as such, whatever the engine. */
public final class DefinitionCheck {
    /** What is checked, for messages. */
    public static final String SUBJECT = "workflow definition";

    private DefinitionCheck() {}

    /**
     * Checks a definition.
     *
     * @throws dev.remora.error.ValidationException with every problem
     * @throws LimitExceededException if something is larger than the default of its limit
     */
    public static void check(List<Node> nodes, List<Parameter> userDefParams, JsonNode extras) {
        Problems problems = new Problems();
        find(nodes, userDefParams, extras, problems);
        problems.throwIfAny(SUBJECT);
    }

    /**
     * Checks a definition, and leaves it to the caller to throw.
     *
     * @throws LimitExceededException if something is larger than the default of its limit
     */
    public static void find(List<Node> nodes, List<Parameter> userDefParams, JsonNode extras, ProblemSink problems) {
        checkCount(nodes.size());
        if (nodes.isEmpty()) {
            problems.add("nodes", "is empty; a workflow has at least one node");
        }
        DependencyCheck dependencies = new DependencyCheck(nodes, problems);
        for (int number = 0; number < nodes.size(); number++) {
            NodeCheck node = new NodeCheck(number, nodes.get(number), problems);
            dependencies.name(number);
            node.typeAndDescription();
            node.parameter();
            dependencies.dependencies(number);
            node.rest();
        }
        ParameterCheck.check(userDefParams, problems);
        NodeCheck.checkSize(Limit.EXTRAS_SIZE, "extras", extras, problems);
    }

    /**
     * Checks how many nodes there are.
     *
     * @throws LimitExceededException if they are too many
     */
    public static void checkCount(int nodes) {
        if (nodes > Limit.NODES.defaultBound()) {
            throw new LimitExceededException(
                    Limit.NODES, Limit.NODES.defaultBound(), "the workflow has " + nodes + " nodes");
        }
    }
}
