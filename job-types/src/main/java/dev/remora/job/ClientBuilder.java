package dev.remora.job;

import java.net.URI;
import java.nio.file.Path;

/**
 * What the descriptions of MR and SPARK have in common: the client, and the YARN that it submits to. Used by one thread at
 * a time.
 *
 * @param <B> the description itself
 */
public abstract sealed class ClientBuilder<B extends ClientBuilder<B>>
        permits MapReduceJobType.Builder, SparkJobType.Builder {
    final ClientOptions options;

    ClientBuilder(ClientOptions options) {
        this.options = options;
    }

    abstract B self();

    /**
     * Says which program to run: {@code hadoop} or {@code spark-submit}, by default from the PATH.
     *
     * @param program an absolute path, or a name to be looked for in the PATH
     * @return this
     * @throws IllegalArgumentException if it is blank
     */
    public B executable(String program) {
        options.executable(program);
        return self();
    }

    /**
     * Says where the configuration of YARN and HDFS is: {@code HADOOP_CONF_DIR} of the client. Unless addresses of the
     * ResourceManager are given, they are taken from its {@code yarn-site.xml}, also those of several, when the type is
     * built.
     *
     * @param directory it holds {@code core-site.xml}, {@code yarn-site.xml} and so on
     * @return this
     */
    public B hadoopConfigurationDirectory(Path directory) {
        options.hadoopConfigurationDirectory(directory);
        return self();
    }

    /**
     * Adds a variable to the environment of the engine's JVM.
     *
     * @param name its name
     * @param value its value
     * @return this
     * @throws IllegalArgumentException if the name is blank or holds {@code =}
     */
    public B environment(String name, String value) {
        options.environment(name, value);
        return self();
    }

    /**
     * Adds a property for all jobs; one of a node wins.
     *
     * @param name its name
     * @param value its value
     * @return this
     * @throws IllegalArgumentException if the name is blank or holds {@code =}
     */
    public B property(String name, String value) {
        options.property(name, value);
        return self();
    }

    /**
     * Says how to act for the proxy user of a run.
     *
     * @param strategy {@link ProxyUserStrategy#NONE} by default
     * @return this
     */
    public B proxyUsers(ProxyUserStrategy strategy) {
        options.proxyUsers(strategy);
        return self();
    }

    /**
     * Adds addresses of the ResourceManager's web interface. A job on YARN is seen and killed through it.
     *
     * @param addresses like {@code http://HOST:8088}; several if one stands by for the other
     * @return this
     * @throws IllegalArgumentException if one has no scheme http or https, or no host
     */
    public B resourceManager(URI... addresses) {
        options.resourceManagers(addresses);
        return self();
    }

    /**
     * Names the user on whose behalf a ResourceManager with simple authentication is asked.
     *
     * @param user must be allowed to end the applications
     * @return this
     * @throws IllegalArgumentException if it is blank
     */
    public B resourceManagerUser(String user) {
        options.resourceManagerUser(user);
        return self();
    }
}
