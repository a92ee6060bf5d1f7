package dev.remora.job;

import dev.remora.job.internal.cluster.Cluster;
import dev.remora.job.internal.cluster.ClusterJobs;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the builders of MR and SPARK have in common. Used by one thread at a time. */
final class ClientOptions {
    private static final Pattern UTF_8 = Pattern.compile("(?i)utf-?8");

    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<URI> resourceManagers = new ArrayList<>();
    private String executable;
    private final String[] configurationVariables;
    private Optional<Path> hadoopConfiguration = Optional.empty();
    private Optional<String> user = Optional.empty();
    private ProxyUserStrategy proxyUsers = ProxyUserStrategy.NONE;

    /**
     * Begins with what every client needs.
     *
     * @param engine the environment of the engine's JVM
     * @param configurationVariables by which the client is told where the configuration of Hadoop is
     */
    ClientOptions(String executable, Map<String, String> engine, String... configurationVariables) {
        this.executable = executable;
        this.configurationVariables = configurationVariables.clone();
        String locale = Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(name -> engine.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
        if (!UTF_8.matcher(locale).find()) {
            // why: a JVM reads its arguments as its locale says, and without one it understands ASCII only
            environment.put("LC_ALL", "C.UTF-8");
        }
    }

    void executable(String program) {
        executable = notBlank("executable", program);
    }

    void hadoopConfigurationDirectory(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        hadoopConfiguration = Optional.of(absolute);
        for (String variable : configurationVariables) {
            environment.put(variable, absolute.toString());
        }
    }

    void environment(String name, String value) {
        notBlank("the name of a variable", name);
        if (name.indexOf('=') >= 0) {
            throw new IllegalArgumentException("the name of a variable is " + name + "; it must not hold a '='");
        }
        environment.put(withoutNul(name), withoutNul(value));
    }

    void property(String name, String value) {
        notBlank("the name of a property", name);
        if (name.indexOf('=') >= 0) {
            throw new IllegalArgumentException("the name of a property is " + name + "; it must not hold a '='");
        }
        properties.put(withoutNul(name), withoutNul(value));
    }

    void proxyUsers(ProxyUserStrategy strategy) {
        proxyUsers = Objects.requireNonNull(strategy, "strategy");
    }

    void resourceManagerUser(String name) {
        user = Optional.of(notBlank("user", name));
    }

    void resourceManagers(URI... addresses) {
        resourceManagers.addAll(checked(addresses));
    }

    static List<URI> checked(URI... addresses) {
        for (URI address : addresses) {
            String scheme = address.getScheme();
            if (!("http".equals(scheme) || "https".equals(scheme)) || address.getHost() == null) {
                throw new IllegalArgumentException("the address is " + address + "; it must be like http://HOST:PORT");
            }
        }
        return List.of(addresses);
    }

    ClientSettings settings() {
        return new ClientSettings(executable, environment, properties, proxyUsers);
    }

    /** Returns the ResourceManager, if its addresses are given, or the configuration of Hadoop has them. */
    Optional<Cluster> resourceManager(ClusterJobs jobs) {
        List<URI> addresses = resourceManagers.isEmpty()
                ? hadoopConfiguration
                        .map(directory -> HadoopConfiguration.read(directory).resourceManagers())
                        .orElse(List.of())
                : List.copyOf(resourceManagers);
        return addresses.isEmpty() ? Optional.empty() : Optional.of(jobs.resourceManager(addresses, user));
    }

    /** Returns where MapReduce programs run, as far as the configuration of Hadoop says that. */
    Optional<String> framework() {
        return hadoopConfiguration.flatMap(
                directory -> HadoopConfiguration.read(directory).framework());
    }

    static String notBlank(String what, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(what + " is blank");
        }
        return withoutNul(text);
    }

    private static String withoutNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a NUL character is in a text, which no program can be given");
        }
        return text;
    }
}
