package dev.remora.job.real;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** HDFS and YARN on loopback: four daemons. */
final class HadoopCluster implements AutoCloseable {
    private static final Set<String> ENDED = Set.of("FINISHED", "FAILED", "KILLED");
    private static final String OPENS = "--add-opens=java.base/java.lang=ALL-UNNAMED";
    private static final String SMALL = String.join(" ", RealParts.SMALL) + " " + OPENS;

    private final List<Daemon> daemons = new ArrayList<>();
    private final Path home = RealParts.hadoopHome();
    private final Path directory = RealParts.TARGET.resolve("hadoop-cluster");
    private final Path configuration = directory.resolve("conf");
    private final URI resourceManager;

    static HadoopCluster start() {
        try {
            return new HadoopCluster();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HadoopCluster() throws IOException {
        List<Integer> ports = RealParts.freePorts(14);
        resourceManager = URI.create("http://127.0.0.1:" + ports.get(3));
        URI nameNode = URI.create(
                "http://127.0.0.1:" + ports.get(1) + "/jmx?qry=Hadoop:service=NameNode,name=FSNamesystemState");
        configure(ports);
        format();
        daemon("namenode", "org.apache.hadoop.hdfs.server.namenode.NameNode");
        daemon("resourcemanager", "org.apache.hadoop.yarn.server.resourcemanager.ResourceManager");
        daemon("datanode", "org.apache.hadoop.hdfs.server.datanode.DataNode");
        daemon("nodemanager", "org.apache.hadoop.yarn.server.nodemanager.NodeManager");
        await("YARN")
                .atMost(Daemon.PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> get("/ws/v1/cluster/metrics")
                                .path("clusterMetrics")
                                .path("activeNodes")
                                .asInt()
                        == 1);
        await("HDFS")
                .atMost(Daemon.PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> RealParts.json(nameNode)
                                .path("beans")
                                .path(0)
                                .path("NumLiveDataNodes")
                                .asInt()
                        == 1);
    }

    private void configure(List<Integer> ports) throws IOException {
        Files.createDirectories(configuration);
        String local = "127.0.0.1:";
        write(
                "core-site.xml",
                Map.of(
                        "fs.defaultFS",
                        "hdfs://" + local + ports.get(0),
                        "hadoop.tmp.dir",
                        directory.resolve("tmp").toString(),
                        "hadoop.proxyuser.root.hosts",
                        "*",
                        "hadoop.proxyuser.root.groups",
                        "*"));
        write(
                "hdfs-site.xml",
                Map.of(
                        "dfs.namenode.http-address", local + ports.get(1),
                        "dfs.replication", "1",
                        "dfs.permissions.enabled", "false",
                        "dfs.datanode.address", local + ports.get(4),
                        "dfs.datanode.http.address", local + ports.get(5),
                        "dfs.datanode.ipc.address", local + ports.get(6),
                        "dfs.datanode.du.reserved", "0"));
        Map<String, String> yarn = new LinkedHashMap<>();
        yarn.put("yarn.resourcemanager.hostname", "127.0.0.1");
        yarn.put("yarn.resourcemanager.address", local + ports.get(2));
        yarn.put("yarn.resourcemanager.webapp.address", local + ports.get(3));
        yarn.put("yarn.resourcemanager.scheduler.address", local + ports.get(7));
        yarn.put("yarn.resourcemanager.resource-tracker.address", local + ports.get(8));
        yarn.put("yarn.resourcemanager.admin.address", local + ports.get(9));
        yarn.put("yarn.nodemanager.hostname", "127.0.0.1");
        yarn.put("yarn.nodemanager.address", local + ports.get(10));
        yarn.put("yarn.nodemanager.localizer.address", local + ports.get(11));
        yarn.put("yarn.nodemanager.webapp.address", local + ports.get(12));
        yarn.put("yarn.nodemanager.aux-services", "mapreduce_shuffle");
        yarn.put("mapreduce.shuffle.port", ports.get(13).toString());
        yarn.put("yarn.nodemanager.resource.memory-mb", "4096");
        yarn.put("yarn.nodemanager.resource.cpu-vcores", "8");
        yarn.put("yarn.nodemanager.log-dirs", directory.resolve("containers").toString());
        yarn.put("yarn.nodemanager.vmem-check-enabled", "false");
        yarn.put("yarn.nodemanager.pmem-check-enabled", "false");
        yarn.put("yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "99.9");
        yarn.put("yarn.nodemanager.heartbeat.interval-ms", "100");
        yarn.put("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", "100");
        yarn.put("yarn.nodemanager.delete.debug-delay-sec", "0");
        yarn.put("yarn.scheduler.minimum-allocation-mb", "128");
        yarn.put("yarn.application.classpath", home.resolve("jars") + "/*");
        yarn.put("yarn.webapp.ui2.enable", "false");
        write("yarn-site.xml", yarn);
        Map<String, String> mapReduce = new LinkedHashMap<>();
        mapReduce.put("mapreduce.framework.name", "yarn");
        mapReduce.put("yarn.app.mapreduce.am.staging-dir", "/staging");
        mapReduce.put("mapreduce.application.classpath", home.resolve("jars") + "/*");
        mapReduce.put("yarn.app.mapreduce.am.resource.mb", "512");
        mapReduce.put("yarn.app.mapreduce.am.command-opts", "-Xmx256m " + SMALL);
        mapReduce.put("yarn.app.mapreduce.am.scheduler.heartbeat.interval-ms", "100");
        mapReduce.put("mapreduce.map.memory.mb", "256");
        mapReduce.put("mapreduce.map.java.opts", "-Xmx128m " + SMALL);
        mapReduce.put("mapreduce.reduce.memory.mb", "256");
        mapReduce.put("mapreduce.reduce.java.opts", "-Xmx128m " + SMALL);
        mapReduce.put("mapreduce.task.io.sort.mb", "16");
        mapReduce.put("mapreduce.map.maxattempts", "1");
        mapReduce.put("mapreduce.client.progressmonitor.pollinterval", "200");
        mapReduce.put("mapreduce.client.completion.pollinterval", "200");
        mapReduce.put("mapreduce.shuffle.port", ports.get(13).toString());
        write("mapred-site.xml", mapReduce);
        write(
                "capacity-scheduler.xml",
                Map.of(
                        "yarn.scheduler.capacity.root.queues", "default,second",
                        "yarn.scheduler.capacity.root.default.capacity", "90",
                        "yarn.scheduler.capacity.root.second.capacity", "10",
                        "yarn.scheduler.capacity.root.second.maximum-capacity", "100",
                        "yarn.scheduler.capacity.root.second.user-limit-factor", "10",
                        "yarn.scheduler.capacity.maximum-am-resource-percent", "0.9"));
        writeLogging(configuration);
    }

    /** Without this Hadoop's programs log nothing. */
    static void writeLogging(Path configuration) throws IOException {
        String file = "log4j.properties";
        Files.copy(
                RealParts.hadoopHome().resolve("conf").resolve(file),
                configuration.resolve(file),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private void write(String file, Map<String, String> properties) throws IOException {
        StringBuilder xml = new StringBuilder("<configuration>\n");
        properties.forEach((name, value) -> xml.append("<property><name>")
                .append(name)
                .append("</name><value>")
                .append(value)
                .append("</value></property>\n"));
        Files.writeString(configuration.resolve(file), xml.append("</configuration>\n"));
    }

    /** Returns a configuration with which clients print nothing. */
    Path configurationWithoutLog(Path copy) throws IOException {
        Files.createDirectories(copy);
        try (var files = Files.list(configuration)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        Files.writeString(copy.resolve("log4j.properties"), "log4j.rootLogger=OFF\n");
        return copy;
    }

    private void format() throws IOException {
        deleteAll(directory.resolve("tmp"));
        Process process = new ProcessBuilder(java("org.apache.hadoop.hdfs.server.namenode.NameNode", "-format"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("format.log").toFile())
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "HDFS cannot be formatted: " + Files.readString(directory.resolve("format.log")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void deleteAll(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (var paths = Files.walk(tree)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private List<String> java(String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(RealParts.JAVA.toString());
        command.addAll(RealParts.SMALL);
        command.addAll(List.of("-Xmx256m", OPENS, "-cp", configuration + ":" + home.resolve("jars") + "/*", main));
        command.addAll(List.of(arguments));
        return command;
    }

    private void daemon(String name, String main) throws IOException {
        daemons.add(
                0,
                new Daemon(
                        name,
                        directory,
                        Map.of("HADOOP_HOME", home.toString(), "JAVA_HOME", System.getProperty("java.home")),
                        java(main)));
    }

    Path home() {
        return home;
    }

    Path configuration() {
        return configuration;
    }

    URI resourceManager() {
        return resourceManager;
    }

    JsonNode get(String path) throws IOException {
        return RealParts.json(URI.create(resourceManager + path));
    }

    /** Returns the applications with a tag. */
    List<JsonNode> tagged(String tag) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        get("/ws/v1/cluster/apps?applicationTags=" + tag)
                .path("apps")
                .path("app")
                .forEach(found::add);
        return found;
    }

    /** Returns how many applications with a tag have not ended. */
    long active(String tag) throws IOException {
        return tagged(tag).stream()
                .filter(application -> !ENDED.contains(application.path("state").asText()))
                .count();
    }

    @Override
    public void close() throws IOException {
        for (Daemon daemon : daemons) {
            daemon.close();
        }
    }
}
