package dev.remora.job;

import java.util.List;
import java.util.Map;

/** Builds {@code hadoop jar JAR CLASS -Dk=v… -libjars … -files … -archives … ARGS}. */
final class MapReduceCommand {
    static final String TAGS = "mapreduce.job.tags";
    private static final String QUEUE = "mapreduce.job.queuename";

    private MapReduceCommand() {}

    static ClientCommand of(MapReduceParameter parameter, ClientSettings settings, ClientCommand.Submitter submitter) {
        List<String> command = ClientCommand.begin(settings.executable(), "jar");
        command.add(parameter.mainJar());
        command.add(parameter.mainClass());
        properties(parameter, settings, submitter).forEach((name, value) -> command.add("-D" + name + "=" + value));
        ClientCommand.list(command, "-libjars", parameter.libJars());
        ClientCommand.list(command, "-files", parameter.files());
        ClientCommand.list(command, "-archives", parameter.archives());
        command.addAll(parameter.args());
        Map<String, String> environment = Ordered.merged(settings.environment(), Map.of());
        ClientCommand.hadoopProxyUser(settings.proxyUsers(), submitter.proxyUser())
                .ifPresent(user -> environment.put(ClientCommand.HADOOP_PROXY_USER, user));
        return new ClientCommand(
                ClientCommand.sudo(settings.proxyUsers(), submitter.proxyUser()), command, environment);
    }

    /** The node's queue wins over its property, its property over the run's queue. */
    private static Map<String, String> properties(
            MapReduceParameter parameter, ClientSettings settings, ClientCommand.Submitter submitter) {
        Map<String, String> properties = Ordered.merged(settings.properties(), Map.of());
        submitter.queue().ifPresent(queue -> properties.put(QUEUE, queue));
        properties.putAll(parameter.properties());
        parameter.queue().ifPresent(queue -> properties.put(QUEUE, queue));
        ClientCommand.addTag(properties, TAGS, submitter.tag());
        return properties;
    }
}
