package dev.remora.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.remora.internal.tree.FrozenObject;
import dev.remora.internal.tree.Json;
import dev.remora.internal.tree.JsonCopy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One step of a workflow: a name, a job type, a parameter object, dependencies, and rules about how it runs.
 *
 * <p>Immutable. A node checks nothing of its own: a {@link Workflow} reports the problems of all its nodes together,
 * each with its path. The JSON trees that it returns are shared and must not be modified.
 */
public final class Node {
    /** The pool of a node that names none; as large as the engine's limit of running nodes. */
    public static final String DEFAULT_POOL = "default";

    private final String name;
    private final String type;
    private final String desc;
    private final JsonNode parameter;
    private final List<String> dep;
    private final JsonNode extras;
    private final RetryPolicy retry;
    private final Optional<Duration> timeout;
    private final Trigger trigger;
    private final boolean disabled;
    private final String pool;
    private final OnLost onLost;

    private Node(Builder builder) {
        name = builder.name;
        type = builder.type;
        desc = builder.desc;
        parameter = builder.parameter;
        dep = List.copyOf(builder.dep);
        extras = builder.extras;
        retry = builder.retry;
        timeout = builder.timeout;
        trigger = builder.trigger;
        disabled = builder.disabled;
        pool = builder.pool;
        onLost = builder.onLost;
    }

    /**
     * Starts a node.
     *
     * @param name unique within the workflow: 1 to 64 letters of any script, digits, {@code _}, {@code -}, {@code .}
     * @param type the name of a job type that the engine knows
     * @return a new builder
     */
    public static Builder builder(String name, String type) {
        return new Builder(name, type);
    }

    /**
     * Returns the name.
     *
     * @return the name, unique within the workflow
     */
    public String name() {
        return name;
    }

    /**
     * Returns the name of the job type.
     *
     * @return the job type
     */
    public String type() {
        return type;
    }

    /**
     * Returns the description.
     *
     * @return at most 256 characters, empty by default
     */
    public String desc() {
        return desc;
    }

    /**
     * Returns the parameter object for the job type, as it was written, before substitution.
     *
     * @return a JSON object, empty by default; it cannot be changed, but {@code deepCopy} of it can
     */
    public JsonNode parameter() {
        return parameter;
    }

    /**
     * Returns the names of the nodes that this one depends on.
     *
     * @return names in the order given, each once
     */
    public List<String> dep() {
        return dep;
    }

    /**
     * Returns what the user attached.
     *
     * @return any JSON, an empty object by default; it cannot be changed
     */
    public JsonNode extras() {
        return extras;
    }

    /**
     * Returns how the node is tried again.
     *
     * @return the policy, {@link RetryPolicy#NONE} by default
     */
    public RetryPolicy retry() {
        return retry;
    }

    /**
     * Returns the time allowed for one attempt.
     *
     * @return the timeout; empty for none
     */
    public Optional<Duration> timeout() {
        return timeout;
    }

    /**
     * Returns when the node may start.
     *
     * @return the trigger, {@link Trigger#ALL_SUCCESS} by default
     */
    public Trigger trigger() {
        return trigger;
    }

    /**
     * Tells whether the node is left out. A disabled node shows SKIPPED and lets successes and failures pass, as if it
     * were a VIRTUAL one.
     *
     * @return true if it never runs
     */
    public boolean disabled() {
        return disabled;
    }

    /**
     * Returns the pool whose slots the node needs.
     *
     * @return the pool, {@link #DEFAULT_POOL} by default
     */
    public String pool() {
        return pool;
    }

    /**
     * Returns what happens when the job vanished with its engine.
     *
     * @return the rule, {@link OnLost#RERUN} by default
     */
    public OnLost onLost() {
        return onLost;
    }

    /**
     * Starts a changed copy.
     *
     * @return a builder that holds this node's values
     */
    public Builder toBuilder() {
        Builder copy = new Builder(name, type);
        copy.desc = desc;
        copy.parameter = parameter;
        copy.dep.addAll(dep);
        copy.extras = extras;
        copy.retry = retry;
        copy.timeout = timeout;
        copy.trigger = trigger;
        copy.disabled = disabled;
        copy.pool = pool;
        copy.onLost = onLost;
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Node node
                        && name.equals(node.name)
                        && type.equals(node.type)
                        && desc.equals(node.desc)
                        && parameter.equals(node.parameter)
                        && dep.equals(node.dep)
                        && extras.equals(node.extras)
                        && retry.equals(node.retry)
                        && timeout.equals(node.timeout)
                        && trigger == node.trigger
                        && disabled == node.disabled
                        && pool.equals(node.pool)
                        && onLost == node.onLost;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type, dep, parameter);
    }

    @Override
    public String toString() {
        return "Node[" + name + ", " + type + ", dep=" + dep + "]";
    }

    /** Builds a {@link Node}. Not safe for use by several threads. */
    public static final class Builder {
        private final String name;
        private final String type;
        private String desc = "";
        private JsonNode parameter = Json.EMPTY;
        private final List<String> dep = new ArrayList<>(2);
        private JsonNode extras = Json.EMPTY;
        private RetryPolicy retry = RetryPolicy.NONE;
        private Optional<Duration> timeout = Optional.empty();
        private Trigger trigger = Trigger.ALL_SUCCESS;
        private boolean disabled;
        private String pool = DEFAULT_POOL;
        private OnLost onLost = OnLost.RERUN;

        private Builder(String name, String type) {
            this.name = Objects.requireNonNull(name, "name");
            this.type = Objects.requireNonNull(type, "type");
        }

        /**
         * Describes the node.
         *
         * @param text at most 256 characters
         * @return this
         */
        public Builder desc(String text) {
            desc = Objects.requireNonNull(text, "desc");
            return this;
        }

        /**
         * Sets the whole parameter object.
         *
         * @param object a JSON object, copied; numbers come back in the smallest type that keeps their digits
         * @return this
         */
        public Builder parameter(JsonNode object) {
            parameter = JsonCopy.of(object);
            return this;
        }

        /**
         * Adds one text to the parameter object.
         *
         * @param key the key
         * @param value the text, which may hold placeholders
         * @return this
         */
        public Builder parameter(String key, String value) {
            return parameter(key, JsonNodeFactory.instance.textNode(value));
        }

        /**
         * Adds one value to the parameter object.
         *
         * @param key the key
         * @param value any JSON, copied; numbers come back in the smallest type that keeps their digits
         * @return this
         * @throws IllegalStateException if the whole parameter was set to something that is not an object
         */
        public Builder parameter(String key, JsonNode value) {
            if (!(parameter instanceof ObjectNode object)) {
                throw new IllegalStateException("node " + name + ": parameter is not an object, cannot hold " + key);
            }
            parameter = FrozenObject.of(object).with(key, JsonCopy.of(value));
            return this;
        }

        /**
         * Makes the node depend on others.
         *
         * @param names names of nodes of the same workflow
         * @return this
         */
        public Builder after(String... names) {
            return after(List.of(names));
        }

        /**
         * Makes the node depend on others.
         *
         * @param names names of nodes of the same workflow
         * @return this
         */
        public Builder after(Iterable<String> names) {
            names.forEach(one -> dep.add(Objects.requireNonNull(one, "dependency")));
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
         * Sets how the node is tried again.
         *
         * @param policy the policy
         * @return this
         */
        public Builder retry(RetryPolicy policy) {
            retry = Objects.requireNonNull(policy, "retry");
            return this;
        }

        /**
         * Sets the time allowed for one attempt.
         *
         * @param limit 1 ms to 365 days
         * @return this
         */
        public Builder timeout(Duration limit) {
            timeout = Optional.of(limit);
            return this;
        }

        /**
         * Sets when the node may start.
         *
         * @param rule the trigger
         * @return this
         */
        public Builder trigger(Trigger rule) {
            trigger = Objects.requireNonNull(rule, "trigger");
            return this;
        }

        /**
         * Leaves the node out, or takes it back in.
         *
         * @param out whether it is left out
         * @return this
         */
        public Builder disabled(boolean out) {
            disabled = out;
            return this;
        }

        /**
         * Sets the pool whose slots the node needs.
         *
         * @param poolName a pool of the engine
         * @return this
         */
        public Builder pool(String poolName) {
            pool = Objects.requireNonNull(poolName, "pool");
            return this;
        }

        /**
         * Sets what happens when the job vanished with its engine.
         *
         * @param rule the rule
         * @return this
         */
        public Builder onLost(OnLost rule) {
            onLost = Objects.requireNonNull(rule, "onLost");
            return this;
        }

        /**
         * Builds the node, unchecked; the workflow checks it.
         *
         * @return the node
         */
        public Node build() {
            return new Node(this);
        }
    }
}
