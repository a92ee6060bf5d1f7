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

    private static final String FRAMEWORK = HadoopConfiguration.FRAMEWORK;

    private final ClientSettings settings;
    private final ClusterJobs jobs = new ClusterJobs(NAME);
    private final Optional<Cluster> resourceManager;

    /** What the configuration says, empty if nothing. */
    private final Optional<String> framework;

    private MapReduceJobType(ClientOptions options) {
        settings = options.settings();
        resourceManager = options.resourceManager(jobs);
        framework = options.framework();
    }

    /**
     * Begins to describe how MapReduce programs are run here.
     *
     * @return a builder that runs {@code hadoop} from the PATH, and knows no cluster
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
        boolean local = "local".equals(properties.getOrDefault(FRAMEWORK, framework.orElse("")));
        return local || resourceManager.isEmpty()
                ? new ClusterJobs.Terms(Optional.empty(), Decider.CLIENT)
                : new ClusterJobs.Terms(resourceManager, Decider.CLIENT_ELSE_CLUSTER);
    }

    @Override
    public void close() {
        jobs.close();
    }

    /** Describes how MapReduce programs are run here. Used by one thread at a time. */
    public static final class Builder extends ClientBuilder<Builder> {
        private Builder() {
            super(new ClientOptions("hadoop", System.getenv(), "HADOOP_CONF_DIR"));
        }

        @Override
        Builder self() {
            return this;
        }

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
         * Creates the type.
         *
         * @return a type for one engine
         * @throws IllegalArgumentException if the configuration of Hadoop is there, but cannot be read
         */
        public MapReduceJobType build() {
            return new MapReduceJobType(options);
        }
    }
}
