package dev.remora.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.internal.tree.Json;
import dev.remora.internal.tree.JsonCopy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How a run is to go: what every kind of request has in common.
 *
 * @param nodes names of the nodes to run, duplicates are one; empty for the whole workflow
 * @param nodeDependency which nodes run beside those
 * @param failurePolicy what happens when a node has failed for good
 * @param params run parameters; they win over those of the workflow
 * @param timeout time allowed from the first start on, per round; it stands still while the run is paused
 * @param notifyType which ends are notified
 * @param notifyMails whom to notify by mail
 * @param priority 1 (lowest) to 10, strict
 * @param extras any JSON; comes back as it went in
 * @param proxyUser the user on whose behalf jobs run
 * @param queue the default queue of the jobs
 * @param idempotencyKey the same key again, within the project, returns the first run
 * @param scheduleTime the instant the run stands for, in the years 1 to 9999; the submission time if empty
 */
public record RunOptions(
        Set<String> nodes,
        NodeDependency nodeDependency,
        FailurePolicy failurePolicy,
        Map<String, String> params,
        Optional<Duration> timeout,
        NotifyType notifyType,
        List<String> notifyMails,
        int priority,
        JsonNode extras,
        Optional<String> proxyUser,
        Optional<String> queue,
        Optional<String> idempotencyKey,
        Optional<Instant> scheduleTime) {

    /** The priority of a run that asks for none. */
    public static final int DEFAULT_PRIORITY = 5;

    /** A run of the whole workflow with every default. */
    public static final RunOptions DEFAULT = new Builder().build();

    /**
     * Creates options. Whether they fit the workflow and the limits is checked when the run is requested.
     *
     * @throws NullPointerException if a component is null
     */
    public RunOptions {
        nodes = Set.copyOf(nodes);
        Objects.requireNonNull(nodeDependency, "nodeDependency");
        Objects.requireNonNull(failurePolicy, "failurePolicy");
        params = Map.copyOf(params);
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(notifyType, "notifyType");
        notifyMails = List.copyOf(notifyMails);
        Objects.requireNonNull(extras, "extras");
        Objects.requireNonNull(proxyUser, "proxyUser");
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(idempotencyKey, "idempotencyKey");
        Objects.requireNonNull(scheduleTime, "scheduleTime");
    }

    /**
     * Starts options.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds {@link RunOptions}. Not safe for use by several threads. */
    public static final class Builder extends Settings<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Builds the options.
         *
         * @return the options
         */
        public RunOptions build() {
            return options();
        }
    }

    /**
     * What the builders of all requests share. Not safe for use by several threads.
     *
     * @param <B> the builder itself
     */
    public abstract static sealed class Settings<B extends Settings<B>>
            permits Builder, RunRequest.Builder, DirectRunRequest.Builder, Schedule.Builder, BackfillRequest.Builder {
        private final Set<String> nodes = new LinkedHashSet<>();
        private NodeDependency nodeDependency = NodeDependency.NODE_ONLY;
        private FailurePolicy failurePolicy = FailurePolicy.END;
        private final Map<String, String> params = new LinkedHashMap<>();
        private Optional<Duration> timeout = Optional.empty();
        private NotifyType notifyType = NotifyType.NONE;
        private final List<String> notifyMails = new ArrayList<>();
        private int priority = DEFAULT_PRIORITY;
        private JsonNode extras = Json.EMPTY;
        private Optional<String> proxyUser = Optional.empty();
        private Optional<String> queue = Optional.empty();
        private Optional<String> idempotencyKey = Optional.empty();
        private Optional<Instant> scheduleTime = Optional.empty();

        Settings() {}

        abstract B self();

        final RunOptions options() {
            return new RunOptions(
                    nodes,
                    nodeDependency,
                    failurePolicy,
                    params,
                    timeout,
                    notifyType,
                    notifyMails,
                    priority,
                    extras,
                    proxyUser,
                    queue,
                    idempotencyKey,
                    scheduleTime);
        }

        /**
         * Selects nodes; without any the whole workflow runs.
         *
         * @param names names of nodes
         * @return this
         */
        public final B nodes(String... names) {
            nodes.addAll(List.of(names));
            return self();
        }

        /**
         * Sets which nodes run beside the selected ones; {@link NodeDependency#NODE_ONLY} by default.
         *
         * @param rule the rule
         * @return this
         */
        public final B nodeDependency(NodeDependency rule) {
            nodeDependency = Objects.requireNonNull(rule, "nodeDependency");
            return self();
        }

        /**
         * Sets what happens when a node has failed for good; {@link FailurePolicy#END} by default.
         *
         * @param policy the policy
         * @return this
         */
        public final B failurePolicy(FailurePolicy policy) {
            failurePolicy = Objects.requireNonNull(policy, "failurePolicy");
            return self();
        }

        /**
         * Adds a run parameter.
         *
         * @param name the name, not blank
         * @param value the value
         * @return this
         */
        public final B param(String name, String value) {
            params.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
            return self();
        }

        /**
         * Adds run parameters.
         *
         * @param values values by name
         * @return this
         */
        public final B params(Map<String, String> values) {
            values.forEach(this::param);
            return self();
        }

        /**
         * Sets the time allowed from the first start on.
         *
         * @param limit 1 ms to 365 days
         * @return this
         */
        public final B timeout(Duration limit) {
            timeout = Optional.of(limit);
            return self();
        }

        /**
         * Sets which ends are notified; {@link NotifyType#NONE} by default.
         *
         * @param type the ends
         * @return this
         */
        public final B notifyType(NotifyType type) {
            notifyType = Objects.requireNonNull(type, "notifyType");
            return self();
        }

        /**
         * Adds addresses to notify.
         *
         * @param addresses mail addresses
         * @return this
         */
        public final B notifyMails(String... addresses) {
            notifyMails.addAll(List.of(addresses));
            return self();
        }

        /**
         * Sets the priority; {@value RunOptions#DEFAULT_PRIORITY} by default.
         *
         * @param rank 1 (lowest) to 10
         * @return this
         */
        public final B priority(int rank) {
            priority = rank;
            return self();
        }

        /**
         * Attaches anything; it comes back as it went in.
         *
         * @param json any JSON, copied
         * @return this
         */
        public final B extras(JsonNode json) {
            extras = JsonCopy.of(json);
            return self();
        }

        /**
         * Sets the user on whose behalf jobs run.
         *
         * @param user the user
         * @return this
         */
        public final B proxyUser(String user) {
            proxyUser = Optional.of(user);
            return self();
        }

        /**
         * Sets the default queue of the jobs.
         *
         * @param name the queue
         * @return this
         */
        public final B queue(String name) {
            queue = Optional.of(name);
            return self();
        }

        /**
         * Makes the request repeatable: the same key again, within the project, returns the first run.
         *
         * @param key the key
         * @return this
         */
        public final B idempotencyKey(String key) {
            idempotencyKey = Optional.of(key);
            return self();
        }

        /**
         * Sets the instant the run stands for; the submission time by default.
         *
         * @param time the instant
         * @return this
         */
        public final B scheduleTime(Instant time) {
            scheduleTime = Optional.of(time);
            return self();
        }
    }
}
