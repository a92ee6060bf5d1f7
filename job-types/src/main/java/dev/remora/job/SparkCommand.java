package dev.remora.job;

import java.util.List;
import java.util.Map;

/** Builds {@code spark-submit --master … --deploy-mode … --class … --conf k=v… JAR ARGS}. */
final class SparkCommand {
    static final String TAGS = "spark.yarn.tags";

    private SparkCommand() {}

    static ClientCommand of(SparkParameter parameter, ClientSettings settings, ClientCommand.Submitter submitter) {
        List<String> command = ClientCommand.begin(settings.executable());
        command.addAll(List.of("--master", parameter.master().text()));
        command.addAll(List.of("--deploy-mode", parameter.cluster() ? "cluster" : "client"));
        ClientCommand.option(command, "--class", parameter.mainClass());
        SparkSizes sizes = parameter.sizes();
        ClientCommand.option(command, "--driver-cores", sizes.driverCores());
        ClientCommand.option(command, "--driver-memory", sizes.driverMemory());
        ClientCommand.option(command, "--num-executors", sizes.numExecutors());
        ClientCommand.option(command, "--executor-cores", sizes.executorCores());
        ClientCommand.option(command, "--executor-memory", sizes.executorMemory());
        ClientCommand.list(command, "--jars", parameter.libJars());
        ClientCommand.list(command, "--files", parameter.files());
        ClientCommand.list(command, "--archives", parameter.archives());
        ClientCommand.option(command, "--queue", parameter.queue().or(submitter::queue));
        ClientCommand.option(
                command, "--proxy-user", ClientCommand.hadoopProxyUser(settings.proxyUsers(), submitter.proxyUser()));
        properties(parameter, settings, submitter)
                .forEach((name, value) -> command.addAll(List.of("--conf", name + "=" + value)));
        command.add(parameter.mainJar());
        command.addAll(parameter.args());
        return new ClientCommand(
                ClientCommand.sudo(settings.proxyUsers(), submitter.proxyUser()), command, settings.environment());
    }

    private static Map<String, String> properties(
            SparkParameter parameter, ClientSettings settings, ClientCommand.Submitter submitter) {
        Map<String, String> properties = Ordered.merged(settings.properties(), parameter.properties());
        if (parameter.master().kind() == SparkMaster.Kind.YARN) {
            ClientCommand.addTag(properties, TAGS, submitter.tag());
        }
        return properties;
    }
}
