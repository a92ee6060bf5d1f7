package dev.remora.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.error.Problem;
import dev.remora.job.internal.cluster.Cluster;
import dev.remora.job.internal.cluster.ClusterJobs;
import dev.remora.job.internal.cluster.Decider;
import dev.remora.spi.JobContext;
import dev.remora.spi.JobHandle;
import dev.remora.spi.JobType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * MR: runs a MapReduce program by {@code hadoop jar}, on YARN or in one process.
 *
 * <p>The parameter is an object with
 *
 * <ul>
 *   <li>{@code mainJar} and {@code mainClass}, required. A jar whose manifest names a main class gets {@code mainClass} as
 *       its first argument; that is how Hadoop does it;
 *   <li>{@code args}: a list of texts, which reach the program as they are;
 *   <li>{@code properties}: a list of {@code {"prop": …, "value": …}}, passed as {@code -Dprop=value};
 *   <li>{@code libJars}, {@code files}, {@code archives}: lists of texts;
 *   <li>{@code queue}: the queue of YARN; by default the one of the run;
 *   <li>{@code resources}: a list of {@link dev.remora.model.ResourceReference}s, files that the engine puts into the work
 *       directory.
 * </ul>
 *
 * <p>The program must take Hadoop's generic options, as programs do that use its {@code ToolRunner}, and give its
 * configuration to the jobs it submits; else its applications carry no tag. Relative paths mean the work directory of the
 * execution. The variables and the outputs are the same as for {@link ShellJobType}.
 *
 * <p>Each application is tagged with the attempt, by {@code mapreduce.job.tags}. Each {@code application_N_N} and
 * {@code job_N_N} on a line of the log is an app link of the node, and so is the address of its page.
 *
 * <p>Exit code 0 is success. Applications that the program leaves running count too: they are waited for, and must succeed.
 * After another exit code they are ended. If a client is lost, be it that it was killed by a signal or that nobody knows
 * what became of it, its applications decide: the node succeeds if all have succeeded. So a program that runs several jobs
 * one after the other should be a node each. A stop ends the client, and then each application by its id and by its tag,
 * and is done when the ResourceManager says that none is active. Without a ResourceManager only the client is looked at.
 *
 * <p>Safe for use by several threads.
 */
public final class MapReduceJobType implements JobType {
    /** The name by which nodes refer to this type. */
    public static final String NAME = "MR";

    private static final String FRAMEWORK = "mapreduce.framework.name";

    private final ClientSettings settings;
    private final ClusterJobs jobs = new ClusterJobs(NAME);
    private final Optional<Cluster> resourceManager;

    private MapReduceJobType(ClientOptions options) {
        settings = options.settings();
        resourceManager = options.resourceManagers().isEmpty()
                ? Optional.empty()
                : Optional.of(jobs.resourceManager(options.resourceManagers(), options.user()));
    }

    /**
     * Begins to describe how MapReduce programs are run here.
     *
     * @return a builder that runs {@code hadoop} from the PATH, without a ResourceManager
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Problem> check(JsonNode parameter) {
        return MapReduceParameter.check(parameter);
    }

    @Override
    public JobHandle start(JobContext context) throws IOException {
        MapReduceParameter parameter = MapReduceParameter.of(context.parameter());
        ClientCommand command = MapReduceCommand.of(
                parameter,
                settings,
                new ClientCommand.Submitter(ClusterJobs.tag(context), context.queue(), context.proxyUser()));
        return jobs.start(context, terms(parameter), command.prefix(), command.arguments(), command.environment());
    }

    @Override
    public Optional<JobHandle> reattach(JobContext context, String token) throws IOException {
        return jobs.reattach(context, terms(MapReduceParameter.of(context.parameter())), token);
    }

    private ClusterJobs.Terms terms(MapReduceParameter parameter) {
        Map<String, String> properties = Ordered.merged(settings.properties(), parameter.properties());
        boolean local = "local".equals(properties.get(FRAMEWORK));
        return local || resourceManager.isEmpty()
                ? new ClusterJobs.Terms(Optional.empty(), Decider.CLIENT)
                : new ClusterJobs.Terms(resourceManager, Decider.CLIENT_ELSE_CLUSTER);
    }

    @Override
    public void close() {
        jobs.close();
    }

    /** Describes how MapReduce programs are run here. Used by one thread at a time. */
    public static final class Builder {
        private final ClientOptions options = new ClientOptions("hadoop", System.getenv());

        private Builder() {}

        /**
         * Says where Hadoop is.
         *
         * @param directory it holds {@code bin/hadoop}; also {@code HADOOP_HOME} for the program
         * @return this
         */
        public Builder hadoopHome(Path directory) {
            Path home = directory.toAbsolutePath().normalize();
            options.executable(home.resolve("bin").resolve("hadoop").toString());
            options.environment("HADOOP_HOME", home.toString());
            return this;
        }

        /**
         * Says which program to run instead of {@code hadoop}.
         *
         * @param program an absolute path, or a name to be looked for in the PATH
         * @return this
         * @throws IllegalArgumentException if it is blank
         */
        public Builder executable(String program) {
            options.executable(program);
            return this;
        }

        /**
         * Says where the configuration of the cluster is.
         *
         * @param directory what {@code HADOOP_CONF_DIR} is set to
         * @return this
         */
        public Builder configurationDirectory(Path directory) {
            options.configurationDirectory(directory, "HADOOP_CONF_DIR");
            return this;
        }

        /**
         * Adds a variable to the environment of the engine's JVM.
         *
         * @param name its name
         * @param value its value
         * @return this
         * @throws IllegalArgumentException if the name is blank or holds {@code =}
         */
        public Builder environment(String name, String value) {
            options.environment(name, value);
            return this;
        }

        /**
         * Adds a property for all jobs; one of a node wins.
         *
         * @param name its name
         * @param value its value
         * @return this
         * @throws IllegalArgumentException if the name is blank or holds {@code =}
         */
        public Builder property(String name, String value) {
            options.property(name, value);
            return this;
        }

        /**
         * Says how to act for the proxy user of a run.
         *
         * @param strategy {@link ProxyUserStrategy#NONE} by default
         * @return this
         */
        public Builder proxyUsers(ProxyUserStrategy strategy) {
            options.proxyUsers(strategy);
            return this;
        }

        /**
         * Adds addresses of the ResourceManager's web interface.
         *
         * @param addresses like {@code http://HOST:8088}; several if one stands by for the other
         * @return this
         * @throws IllegalArgumentException if one has no scheme http or https, or no host
         */
        public Builder resourceManager(URI... addresses) {
            options.resourceManagers(addresses);
            return this;
        }

        /**
         * Adds addresses of the web interface of a ResourceManager with simple authentication.
         *
         * @param user on whose behalf to ask; must be allowed to end the applications
         * @param addresses like {@code http://HOST:8088}; several if one stands by for the other
         * @return this
         * @throws IllegalArgumentException if the user is blank, or an address has no scheme http or https, or no host
         */
        public Builder resourceManager(String user, URI... addresses) {
            options.resourceManagers(user, addresses);
            return this;
        }

        /**
         * Creates the type.
         *
         * @return a type for one engine
         */
        public MapReduceJobType build() {
            return new MapReduceJobType(options);
        }
    }
}
