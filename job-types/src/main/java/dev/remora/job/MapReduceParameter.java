package dev.remora.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.error.Problem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The parameter of a MR node. */
record MapReduceParameter(
        String mainJar,
        String mainClass,
        List<String> args,
        Map<String, String> properties,
        List<String> libJars,
        List<String> files,
        List<String> archives,
        Optional<String> queue) {
    private static final List<String> KEYS = List.of(
            "mainJar", "mainClass", "args", "properties", "libJars", "files", "archives", "queue", ResourceList.KEY);

    MapReduceParameter {
        Objects.requireNonNull(mainJar, "mainJar");
        Objects.requireNonNull(mainClass, "mainClass");
        args = List.copyOf(args);
        properties = Ordered.copyOf(properties);
        libJars = List.copyOf(libJars);
        files = List.copyOf(files);
        archives = List.copyOf(archives);
        Objects.requireNonNull(queue, "queue");
    }

    static List<Problem> check(JsonNode parameter) {
        Fields fields = new Fields(parameter, KEYS);
        fields.requireOperand("mainJar");
        fields.requireOperand("mainClass");
        fields.texts("args", true);
        fields.properties("properties");
        fields.textsWithoutComma("libJars");
        fields.textsWithoutComma("files");
        fields.textsWithoutComma("archives");
        fields.operand("queue");
        ResourceList.check(fields, parameter);
        return fields.problems();
    }

    /** Reads what {@link #check} has nothing against, with every placeholder resolved. */
    static MapReduceParameter of(JsonNode parameter) {
        ParameterReader reader = new ParameterReader(parameter);
        return new MapReduceParameter(
                reader.text("mainJar"),
                reader.text("mainClass"),
                reader.texts("args"),
                reader.properties("properties"),
                reader.texts("libJars"),
                reader.texts("files"),
                reader.texts("archives"),
                reader.find("queue"));
    }
}
