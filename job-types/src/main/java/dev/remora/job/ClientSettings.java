package dev.remora.job;

import java.util.Map;
import java.util.Objects;

/**
 * What the application has set once for all jobs of a type.
 *
 * @param executable the program: a path, or a name to be looked for in PATH
 * @param environment what to add to the environment of the engine's JVM
 * @param properties what the nodes' own properties win over
 * @param proxyUsers how to act for others
 */
record ClientSettings(
        String executable,
        Map<String, String> environment,
        Map<String, String> properties,
        ProxyUserStrategy proxyUsers) {
    ClientSettings {
        Objects.requireNonNull(executable, "executable");
        environment = Ordered.copyOf(environment);
        properties = Ordered.copyOf(properties);
        Objects.requireNonNull(proxyUsers, "proxyUsers");
    }
}
