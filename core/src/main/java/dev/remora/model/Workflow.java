package dev.remora.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.internal.definition.DefinitionCheck;
import dev.remora.internal.tree.Json;
import dev.remora.internal.tree.JsonCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A workflow definition: a DAG of nodes, with user-defined parameters.
 *
 * <p>Immutable, and always sound: names are right, dependencies exist, there is no cycle. Whether the engine knows the
 * job types and pools, and whether the job types accept the parameters, is checked when it is saved or run.
 */
public final class Workflow {
    private final List<Node> nodes;
    private final List<Parameter> userDefParams;
    private final JsonNode extras;

    private Workflow(Builder builder) {
        nodes = List.copyOf(builder.nodes);
        userDefParams = List.copyOf(builder.userDefParams);
        extras = builder.extras;
    }

    /**
     * Starts a definition.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the nodes.
     *
     * @return at least one, in the order of definition
     */
    public List<Node> nodes() {
        return nodes;
    }

    /**
     * Returns the user-defined parameters.
     *
     * @return the parameters, in the order of definition
     */
    public List<Parameter> userDefParams() {
        return userDefParams;
    }

    /**
     * Returns what the user attached.
     *
     * @return any JSON, an empty object by default; it cannot be changed
     */
    public JsonNode extras() {
        return extras;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Workflow workflow
                        && nodes.equals(workflow.nodes)
                        && userDefParams.equals(workflow.userDefParams)
                        && extras.equals(workflow.extras);
    }

    @Override
    public int hashCode() {
        return Objects.hash(nodes, userDefParams, extras);
    }

    @Override
    public String toString() {
        return "Workflow[" + nodes.size() + " nodes]";
    }

    /** Builds a {@link Workflow}. Not safe for use by several threads. */
    public static final class Builder {
        private final List<Node> nodes = new ArrayList<>();
        private final List<Parameter> userDefParams = new ArrayList<>();
        private JsonNode extras = Json.EMPTY;

        private Builder() {}

        /**
         * Adds a node.
         *
         * @param node the node
         * @return this
         */
        public Builder node(Node node) {
            nodes.add(Objects.requireNonNull(node, "node"));
            return this;
        }

        /**
         * Adds a node, described in place.
         *
         * @param name the name
         * @param type the job type
         * @param details what to set beside, for example {@code n -> n.after("fetch").parameter("script", "wc -l in")}
         * @return this
         */
        public Builder node(String name, String type, UnaryOperator<Node.Builder> details) {
            return node(details.apply(Node.builder(name, type)).build());
        }

        /**
         * Adds a node that needs nothing but its type.
         *
         * @param name the name
         * @param type the job type
         * @return this
         */
        public Builder node(String name, String type) {
            return node(name, type, UnaryOperator.identity());
        }

        /**
         * Adds a user-defined parameter.
         *
         * @param prop the name, not blank
         * @param value the value, which may hold placeholders
         * @return this
         */
        public Builder param(String prop, String value) {
            userDefParams.add(new Parameter(prop, value));
            return this;
        }

        /**
         * Attaches anything; it comes back as it went in.
         *
         * @param json any JSON, copied
         * @return this
         */
        public Builder extras(JsonNode json) {
            extras = JsonCopy.of(json);
            return this;
        }

        /**
         * Checks the definition and builds it.
         *
         * @return the workflow
         * @throws dev.remora.error.ValidationException with every problem, each with its path
         */
        public Workflow build() {
            DefinitionCheck.check(nodes, userDefParams, extras);
            return new Workflow(this);
        }
    }
}
