package dev.remora.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The program that submits an application.
 *
 * @param prefix what runs it as somebody else, empty for nothing
 * @param arguments the program and its arguments, as it is to get them
 * @param environment what to add to its environment
 */
record ClientCommand(List<String> prefix, List<String> arguments, Map<String, String> environment) {
    ClientCommand {
        prefix = List.copyOf(prefix);
        arguments = List.copyOf(arguments);
        environment = Ordered.copyOf(environment);
    }

    /**
     * What a run adds to the parameter of its node.
     *
     * @param tag by which the cluster's applications of this attempt are found
     * @param queue of the run
     * @param proxyUser of the run
     */
    record Submitter(String tag, Optional<String> queue, Optional<String> proxyUser) {
        Submitter {
            Objects.requireNonNull(tag, "tag");
            Objects.requireNonNull(queue, "queue");
            Objects.requireNonNull(proxyUser, "proxyUser");
        }
    }

    static final String HADOOP_PROXY_USER = "HADOOP_PROXY_USER";

    static List<String> sudo(ProxyUserStrategy strategy, Optional<String> proxyUser) {
        if (strategy != ProxyUserStrategy.SUDO || proxyUser.isEmpty()) {
            return List.of();
        }
        // why: -n, as nobody is there to type a password
        return List.of("sudo", "-n", "-u", proxyUser.get(), "--");
    }

    static Optional<String> hadoopProxyUser(ProxyUserStrategy strategy, Optional<String> proxyUser) {
        return strategy == ProxyUserStrategy.HADOOP ? proxyUser : Optional.empty();
    }

    /** Adds a tag to those that a property may list already. */
    static void addTag(Map<String, String> properties, String property, String tag) {
        properties.merge(property, tag, (given, added) -> given.isBlank() ? added : given + "," + added);
    }

    static void list(List<String> command, String option, List<String> values) {
        if (!values.isEmpty()) {
            command.addAll(List.of(option, String.join(",", values)));
        }
    }

    static void option(List<String> command, String option, Optional<String> value) {
        value.ifPresent(given -> command.addAll(List.of(option, given)));
    }

    static List<String> begin(String executable, String... first) {
        List<String> command = new ArrayList<>();
        command.add(executable);
        command.addAll(List.of(first));
        return command;
    }
}
