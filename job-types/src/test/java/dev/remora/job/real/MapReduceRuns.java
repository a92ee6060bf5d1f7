package dev.remora.job.real;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.remora.job.MapReduceJobType;
import dev.remora.model.Node;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** What the tests with MapReduce have in common. */
final class MapReduceRuns {
    private MapReduceRuns() {}

    static MapReduceJobType.Builder type(Path configuration) {
        return MapReduceJobType.builder()
                .hadoopHome(RealParts.hadoopHome())
                .hadoopConfigurationDirectory(configuration)
                .environment("JAVA_HOME", System.getProperty("java.home"));
    }

    static UnaryOperator<Node.Builder> app(String... args) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (String arg : args) {
            list.add(arg);
        }
        Path jar = Apps.jar("MapReduceApp", "hadoop");
        return node -> node.parameter("mainJar", jar.toString())
                .parameter("mainClass", "MapReduceApp")
                .parameter("args", list);
    }
}
