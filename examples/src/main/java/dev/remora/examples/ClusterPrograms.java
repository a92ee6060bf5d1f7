package dev.remora.examples;

import dev.remora.job.MapReduceJobType;
import dev.remora.job.SparkJobType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Hadoop and Spark as the profile {@code wordcount} fetches them, to be run in one process each. */
final class ClusterPrograms {
    private static final String JAVA_HOME = "JAVA_HOME";
    private static final Path PARTS =
            RootDirectory.of(Path.of("")).resolve("job-types").resolve("real-parts");

    private ClusterPrograms() {}

    private static Path home(String part) {
        return PARTS.resolve(part).resolve("target");
    }

    private static String javaHome() {
        return System.getProperty("java.home");
    }

    static MapReduceJobType mapReduce() {
        return MapReduceJobType.builder()
                .hadoopHome(home("hadoop"))
                .hadoopConfigurationDirectory(home("hadoop").resolve("conf"))
                .environment(JAVA_HOME, javaHome())
                .build();
    }

    static SparkJobType spark() {
        return SparkJobType.builder()
                .sparkHome(home("spark"))
                .environment(JAVA_HOME, javaHome())
                .environment("SPARK_SCALA_VERSION", "2.13")
                .environment("SPARK_LOCAL_IP", "127.0.0.1")
                .property("spark.ui.enabled", "false")
                .build();
    }

    /** Tells workflow files where the programs are, unless that is given. */
    static Map<String, String> withDefaults(Map<String, String> params) {
        Map<String, String> all = new HashMap<>(params);
        all.putIfAbsent("javaHome", javaHome());
        all.putIfAbsent("hadoopHome", home("hadoop").toString());
        all.putIfAbsent("sparkHome", home("spark").toString());
        return all;
    }
}
