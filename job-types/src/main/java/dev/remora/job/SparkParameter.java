package dev.remora.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.error.Problem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The parameter of a SPARK node, with the application's defaults filled in. */
record SparkParameter(
        String mainJar,
        Optional<String> mainClass,
        SparkMaster master,
        boolean cluster,
        List<String> args,
        SparkSizes sizes,
        Map<String, String> properties,
        List<String> libJars,
        List<String> files,
        List<String> archives,
        Optional<String> queue) {
    private static final List<String> KEYS = List.of(
            "mainJar",
            "mainClass",
            "master",
            "deployMode",
            "args",
            "driverCores",
            "driverMemory",
            "numExecutors",
            "executorCores",
            "executorMemory",
            "properties",
            "libJars",
            "files",
            "archives",
            "queue",
            ResourceList.KEY);
    static final Set<String> MODES = Set.of("client", "cluster");
    private static final Pattern MEMORY = Pattern.compile("[1-9][0-9]{0,9}([kKmMgGtT][bB]?)?");
    private static final String PYTHON = ".py";

    SparkParameter {
        Objects.requireNonNull(mainJar, "mainJar");
        Objects.requireNonNull(mainClass, "mainClass");
        Objects.requireNonNull(master, "master");
        args = List.copyOf(args);
        Objects.requireNonNull(sizes, "sizes");
        properties = Ordered.copyOf(properties);
        libJars = List.copyOf(libJars);
        files = List.copyOf(files);
        archives = List.copyOf(archives);
        Objects.requireNonNull(queue, "queue");
    }

    /** Checks a parameter; what it does not say is as the application has set it. */
    static List<Problem> check(JsonNode parameter, SparkMaster defaultMaster, Optional<String> defaultMode) {
        Fields fields = new Fields(parameter, KEYS);
        fields.requireOperand("mainJar");
        fields.operand("mainClass");
        fields.matching("master", SparkMaster.PATTERN, SparkMaster.DESCRIPTION);
        fields.oneOf("deployMode", MODES);
        fields.texts("args", true);
        fields.count("driverCores");
        fields.matching("driverMemory", MEMORY, "a size such as 512m or 2g");
        fields.count("numExecutors");
        fields.count("executorCores");
        fields.matching("executorMemory", MEMORY, "a size such as 512m or 2g");
        fields.properties("properties");
        fields.textsWithoutComma("libJars");
        fields.textsWithoutComma("files");
        fields.textsWithoutComma("archives");
        fields.operand("queue");
        ResourceList.check(fields, parameter);
        checkMainClass(fields, parameter);
        checkMode(fields, parameter, defaultMaster, defaultMode);
        return fields.problems();
    }

    private static void checkMainClass(Fields fields, JsonNode parameter) {
        Optional<String> mainJar =
                fields.find("mainJar").filter(JsonNode::isTextual).map(JsonNode::textValue);
        if (mainJar.isEmpty()) {
            return;
        }
        boolean python = mainJar.get().endsWith(PYTHON);
        if (python && parameter.has("mainClass")) {
            fields.add("mainClass", "is of no use, as mainJar is a Python file");
        } else if (!python && !parameter.has("mainClass")) {
            fields.add("mainClass", "is missing; a jar needs it");
        }
    }

    private static void checkMode(
            Fields fields, JsonNode parameter, SparkMaster defaultMaster, Optional<String> defaultMode) {
        if (open(fields, parameter, "master") || open(fields, parameter, "deployMode")) {
            return;
        }
        SparkMaster master = master(parameter, defaultMaster);
        if (!isCluster(parameter, master, defaultMode)) {
            return;
        }
        if (master.kind() == SparkMaster.Kind.LOCAL) {
            fields.add("deployMode", "is cluster; with the master " + master.text() + " it must be client");
        } else if (master.kind() == SparkMaster.Kind.STANDALONE
                && fields.find("mainJar").filter(JsonNode::isTextual).isPresent()
                && parameter.path("mainJar").textValue().endsWith(PYTHON)) {
            fields.add("deployMode", "is cluster; Spark's own clusters run Python files in mode client only");
        }
    }

    /** What cannot be told before its placeholders are resolved, or is wrong anyway. */
    private static boolean open(Fields fields, JsonNode parameter, String name) {
        JsonNode value = parameter.get(name);
        return value != null
                && (!value.isTextual()
                        || fields.find(name).isEmpty()
                        || (name.equals("master")
                                && !SparkMaster.PATTERN
                                        .matcher(value.textValue())
                                        .matches()));
    }

    private static SparkMaster master(JsonNode parameter, SparkMaster defaultMaster) {
        return parameter.has("master")
                ? new SparkMaster(parameter.path("master").textValue())
                : defaultMaster;
    }

    private static boolean isCluster(JsonNode parameter, SparkMaster master, Optional<String> defaultMode) {
        if (parameter.has("deployMode")) {
            return parameter.path("deployMode").textValue().equals("cluster");
        }
        // why: a local master knows no other mode, so the default that suits the others is not meant for it
        return master.kind() != SparkMaster.Kind.LOCAL
                && defaultMode.orElse("cluster").equals("cluster");
    }

    /** Reads what {@link #check} has nothing against, with every placeholder resolved. */
    static SparkParameter of(JsonNode parameter, SparkMaster defaultMaster, Optional<String> defaultMode) {
        ParameterReader reader = new ParameterReader(parameter);
        SparkMaster master = master(parameter, defaultMaster);
        return new SparkParameter(
                reader.text("mainJar"),
                reader.find("mainClass"),
                master,
                isCluster(parameter, master, defaultMode),
                reader.texts("args"),
                new SparkSizes(
                        reader.find("driverCores"),
                        reader.find("driverMemory"),
                        reader.find("numExecutors"),
                        reader.find("executorCores"),
                        reader.find("executorMemory")),
                reader.properties("properties"),
                reader.texts("libJars"),
                reader.texts("files"),
                reader.texts("archives"),
                reader.find("queue"));
    }
}
