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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * SPARK: runs a Spark application by {@code spark-submit}, on YARN, on a standalone cluster of Spark, or in one process.
 *
 * <p>The parameter is an object with
 *
 * <ul>
 *   <li>{@code mainJar}, required: a jar, or a Python file, by its ending {@code .py};
 *   <li>{@code mainClass}: required for a jar;
 *   <li>{@code master}: {@code yarn} (the default), {@code local}, {@code local[N]}, {@code spark://HOST:PORT};
 *   <li>{@code deployMode}: {@code cluster} (the default) or {@code client}, which is the only one for a local master;
 *   <li>{@code args}: a list of texts, which reach the program as they are;
 *   <li>{@code driverCores}, {@code numExecutors}, {@code executorCores}: numbers; {@code driverMemory},
 *       {@code executorMemory}: texts such as {@code 2g};
 *   <li>{@code properties}: a list of {@code {"prop": …, "value": …}}, passed as {@code --conf prop=value};
 *   <li>{@code libJars}, {@code files}, {@code archives}: lists of texts, an alias behind {@code #};
 *   <li>{@code queue}: the queue of YARN; by default the one of the run;
 *   <li>{@code resources}: a list of {@link dev.remora.model.ResourceReference}s, files that the engine puts into the work
 *       directory.
 * </ul>
 *
 * <p>Where the environment of the engine names no locale with UTF-8, {@code LC_ALL} is {@code C.UTF-8}, or arguments beyond
 * ASCII would be lost. Relative paths mean the work directory of the execution. The variables and the outputs are the same as for
 * {@link ShellJobType}; in mode cluster the driver runs elsewhere and sees neither.
 *
 * <p>On YARN each application is tagged with the attempt, by {@code spark.yarn.tags}. Each {@code application_N_N} and
 * {@code job_N_N} on a line of the log is an app link of the node, and so are the ids that a standalone cluster gives, and
 * the address of the application's page.
 *
 * <p>In mode client the exit code tells how the job ended. In mode cluster the cluster is asked, whatever the client
 * returned: it may have ended before the application, or been lost. A stop ends the client, and then each application, by
 * its id and on YARN by its tag, and is done when the cluster says that none is active. A standalone cluster knows no tags:
 * there a client in mode cluster is given up to 20 seconds to say what it has submitted, before it is ended; and
 * {@code spark-submit} must log at level INFO.
 *
 * <p>Safe for use by several threads.
 */
public final class SparkJobType implements JobType {
    /** The name by which nodes refer to this type. */
    public static final String NAME = "SPARK";

    private final ClientSettings settings;
    private final SparkMaster master;
    private final Optional<String> deployMode;
    private final ClusterJobs jobs = new ClusterJobs(NAME);
    private final Optional<Cluster> resourceManager;
    private final Optional<Cluster> sparkMaster;

    private SparkJobType(Builder builder) {
        settings = builder.options.settings();
        master = builder.master;
        deployMode = builder.deployMode;
        resourceManager = builder.options.resourceManager(jobs);
        sparkMaster =
                builder.sparkMasters.isEmpty() ? Optional.empty() : Optional.of(jobs.sparkMaster(builder.sparkMasters));
    }

    /**
     * Begins to describe how Spark applications are run here.
     *
     * @return a builder that runs {@code spark-submit} from the PATH, and knows no cluster
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
        List<Problem> problems = SparkParameter.check(parameter, master, deployMode);
        if (!problems.isEmpty()
                || Fields.hasPlaceholder(parameter.path("master"))
                || Fields.hasPlaceholder(parameter.path("deployMode"))) {
            return problems;
        }
        SparkParameter checked = SparkParameter.of(parameter, master, deployMode);
        SparkMaster.Kind kind = checked.master().kind();
        if (kind == SparkMaster.Kind.YARN && resourceManager.isEmpty()) {
            return List.of(new Problem(
                    "master",
                    "is yarn, but the application has named no ResourceManager, so nobody could see how the job ends"));
        }
        if (kind == SparkMaster.Kind.STANDALONE && checked.cluster() && sparkMaster.isEmpty()) {
            return List.of(new Problem(
                    "deployMode",
                    "is cluster, but the application has named no web interface of the Spark master, so nobody could see"
                            + " how the job ends"));
        }
        return problems;
    }

    @Override
    public JobHandle start(JobContext context) throws IOException {
        SparkParameter parameter = SparkParameter.of(context.parameter(), master, deployMode);
        ClientCommand command = SparkCommand.of(
                parameter,
                settings,
                new ClientCommand.Submitter(ClusterJobs.tag(context), context.queue(), context.proxyUser()));
        return jobs.start(context, terms(parameter), command.prefix(), command.arguments(), command.environment());
    }

    @Override
    public Optional<JobHandle> reattach(JobContext context, String token) throws IOException {
        return jobs.reattach(context, terms(SparkParameter.of(context.parameter(), master, deployMode)), token);
    }

    private ClusterJobs.Terms terms(SparkParameter parameter) {
        Optional<Cluster> cluster = switch (parameter.master().kind()) {
            case YARN -> resourceManager;
            case STANDALONE -> sparkMaster;
            case LOCAL -> Optional.empty();
        };
        return new ClusterJobs.Terms(cluster, parameter.cluster() ? Decider.CLUSTER : Decider.CLIENT);
    }

    @Override
    public void close() {
        jobs.close();
    }

    /** Describes how Spark applications are run here. Used by one thread at a time. */
    public static final class Builder extends ClientBuilder<Builder> {
        private final List<URI> sparkMasters = new ArrayList<>();
        private SparkMaster master = new SparkMaster("yarn");
        private Optional<String> deployMode = Optional.empty();

        private Builder() {
            super(new ClientOptions("spark-submit", System.getenv(), "HADOOP_CONF_DIR", "YARN_CONF_DIR"));
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Says where Spark is.
         *
         * @param directory it holds {@code bin/spark-submit}; also {@code SPARK_HOME} for the program
         * @return this
         */
        public Builder sparkHome(Path directory) {
            Path home = directory.toAbsolutePath().normalize();
            options.executable(home.resolve("bin").resolve("spark-submit").toString());
            options.environment("SPARK_HOME", home.toString());
            return this;
        }

        /**
         * Says where the configuration of Spark is.
         *
         * @param directory what {@code SPARK_CONF_DIR} is set to
         * @return this
         */
        public Builder configurationDirectory(Path directory) {
            options.environment(
                    "SPARK_CONF_DIR", directory.toAbsolutePath().normalize().toString());
            return this;
        }

        /**
         * Says where nodes run that name no master.
         *
         * @param master {@code yarn} by default
         * @return this
         * @throws IllegalArgumentException if it is none that nodes can name
         */
        public Builder master(String master) {
            this.master = new SparkMaster(master);
            return this;
        }

        /**
         * Says in which mode nodes run that name none.
         *
         * @param mode {@code cluster}, as by default, or {@code client}
         * @return this
         * @throws IllegalArgumentException if it is none of these
         */
        public Builder deployMode(String mode) {
            if (!SparkParameter.MODES.contains(mode)) {
                throw new IllegalArgumentException("the mode is " + mode + "; it must be client or cluster");
            }
            deployMode = Optional.of(mode);
            return this;
        }

        /**
         * Adds addresses of the web interface of a standalone Spark master. Nodes that run there in mode cluster need them.
         *
         * @param addresses like {@code http://HOST:8080}; several if one stands by for the other
         * @return this
         * @throws IllegalArgumentException if one has no scheme http or https, or no host
         */
        public Builder sparkMasterWeb(URI... addresses) {
            sparkMasters.addAll(ClientOptions.checked(addresses));
            return this;
        }

        /**
         * Creates the type.
         *
         * @return a type for one engine
         * @throws IllegalArgumentException if the configuration of Hadoop is there, but cannot be read
         */
        public SparkJobType build() {
            return new SparkJobType(this);
        }
    }
}
