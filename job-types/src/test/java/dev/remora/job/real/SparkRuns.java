package dev.remora.job.real;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.remora.job.SparkJobType;
import dev.remora.model.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/** What the tests with Spark have in common. */
final class SparkRuns {
    private static final String ECHO = "arg ";
    private static final String JVM = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";

    private SparkRuns() {}

    /** Returns a type that runs small drivers and executors of a Spark. */
    static SparkJobType.Builder type(String part) {
        SparkJobType.Builder builder = SparkJobType.builder()
                .sparkHome(RealParts.sparkHome(part))
                .environment("JAVA_HOME", System.getProperty("java.home"))
                .property("spark.ui.enabled", "false")
                .property("spark.driver.host", "127.0.0.1")
                .property("spark.driver.memory", "512m")
                .property("spark.executor.memory", "512m")
                .property("spark.driver.extraJavaOptions", JVM)
                .property("spark.executor.extraJavaOptions", JVM);
        SparkCluster.ENVIRONMENT.forEach(builder::environment);
        return builder;
    }

    static UnaryOperator<Node.Builder> app(String part, String master, String... args) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (String arg : args) {
            list.add(arg);
        }
        Path jar = Apps.jar("SparkApp", part);
        return node -> node.parameter("mainJar", jar.toString())
                .parameter("mainClass", "SparkApp")
                .parameter("master", master)
                .parameter("args", list);
    }

    /** Returns the arguments that the application has seen. */
    static List<String> echoed(List<String> log) {
        return log.stream()
                .filter(line -> line.startsWith(ECHO))
                .map(line ->
                        new String(Base64.getDecoder().decode(line.substring(ECHO.length())), StandardCharsets.UTF_8))
                .toList();
    }

    /** Returns the processes that carry a text among their arguments, found without the code under test. */
    static List<String> processes(String text) {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : directories) {
                String arguments = arguments(process);
                if (arguments.contains(text)) {
                    found.add(process.getFileName() + " " + arguments.replace('\0', ' '));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Ends the processes that carry a text among their arguments. */
    static void endProcesses(String text) {
        processes(text)
                .forEach(line -> ProcessHandle.of(Long.parseLong(line.substring(0, line.indexOf(' '))))
                        .ifPresent(ProcessHandle::destroyForcibly));
    }

    private static String arguments(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
