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

/** HDFS, and YARN with a ResourceManager that stands by for the other, on loopback: five daemons. */
final class HadoopCluster implements AutoCloseable {
    private static final String STANDBY = "rm1";
    private static final String ACTIVE = "rm2";
    private static final List<String> IDS = List.of(STANDBY, ACTIVE);
    private static final Set<String> ENDED = Set.of("FINISHED", "FAILED", "KILLED");
    private static final String OPENS = "--add-opens=java.base/java.lang=ALL-UNNAMED";
    private static final String SMALL = String.join(" ", RealParts.SMALL) + " " + OPENS;

    private final List<Daemon> daemons = new ArrayList<>();
    private final Path home = RealParts.hadoopHome();
    private final Path directory = RealParts.TARGET.resolve("hadoop-cluster");
    private final Path configuration = directory.resolve("conf");
    private final URI standby;
    private final URI resourceManager;

    static HadoopCluster start() {
        try {
            return new HadoopCluster();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HadoopCluster() throws IOException {
        List<Integer> ports = RealParts.freePorts(19);
        standby = URI.create("http://127.0.0.1:" + ports.get(3));
        resourceManager = URI.create("http://127.0.0.1:" + ports.get(15));
        URI nameNode = URI.create(
                "http://127.0.0.1:" + ports.get(1) + "/jmx?qry=Hadoop:service=NameNode,name=FSNamesystemState");
        configure(ports);
        format();
        daemon("namenode", java(configuration, "org.apache.hadoop.hdfs.server.namenode.NameNode"));
        for (String id : IDS) {
            String main = "org.apache.hadoop.yarn.server.resourcemanager.ResourceManager";
            daemon("resourcemanager-" + id, java(configurationOf(id), main));
        }
        daemon("datanode", java(configuration, "org.apache.hadoop.hdfs.server.datanode.DataNode"));
        daemon("nodemanager", java(configuration, "org.apache.hadoop.yarn.server.nodemanager.NodeManager"));
        makeActive(ACTIVE);
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
        yarn.put("yarn.resourcemanager.cluster-id", "test");
        yarn.put("yarn.resourcemanager.ha.enabled", "true");
        yarn.put("yarn.resourcemanager.ha.automatic-failover.enabled", "false");
        yarn.put("yarn.resourcemanager.ha.rm-ids", String.join(",", IDS));
        resourceManager(yarn, STANDBY, List.of(ports.get(2), ports.get(3), ports.get(7), ports.get(8), ports.get(9)));
        resourceManager(yarn, ACTIVE, ports.subList(14, 19));
        yarn.put("yarn.client.failover-sleep-base-ms", "50");
        yarn.put("yarn.client.failover-sleep-max-ms", "500");
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

    private static void resourceManager(Map<String, String> yarn, String id, List<Integer> ports) {
        List<String> names =
                List.of("address", "webapp.address", "scheduler.address", "resource-tracker.address", "admin.address");
        yarn.put("yarn.resourcemanager.hostname." + id, "127.0.0.1");
        for (int i = 0; i < names.size(); i++) {
            yarn.put("yarn.resourcemanager." + names.get(i) + "." + id, "127.0.0.1:" + ports.get(i));
        }
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
        runToEnd("format", "org.apache.hadoop.hdfs.server.namenode.NameNode", "-format");
    }

    /** Both ResourceManagers begin as the one that stands by; nobody but an administrator changes that. */
    private void makeActive(String id) throws IOException {
        for (URI address : List.of(standby, resourceManager)) {
            await("the ResourceManager at " + address)
                    .atMost(Daemon.PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptions()
                    .until(() -> haState(address).equals("STANDBY"));
        }
        runToEnd("active", "org.apache.hadoop.yarn.client.cli.RMAdminCLI", "-transitionToActive", id);
    }

    static String haState(URI resourceManager) throws IOException {
        return RealParts.json(resourceManager.resolve("/ws/v1/cluster/info"))
                .path("clusterInfo")
                .path("haState")
                .asText();
    }

    private void runToEnd(String name, String main, String... arguments) throws IOException {
        Path log = directory.resolve(name + ".log");
        Process process = new ProcessBuilder(java(configuration, main, arguments))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(main + " failed: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** A ResourceManager has to be told which of them it is. */
    private Path configurationOf(String id) throws IOException {
        Path own = Files.createDirectories(directory.resolve("conf-" + id));
        try (var files = Files.list(configuration)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                if (file.endsWith("yarn-site.xml")) {
                    text = text.replace(
                            "</configuration>",
                            "<property><name>yarn.resourcemanager.ha.id</name><value>" + id
                                    + "</value></property></configuration>");
                }
                Files.writeString(own.resolve(file.getFileName()), text);
            }
        }
        return own;
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

    private List<String> java(Path conf, String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(RealParts.JAVA.toString());
        command.addAll(RealParts.SMALL);
        command.addAll(List.of("-Xmx256m", OPENS, "-cp", conf + ":" + home.resolve("jars") + "/*", main));
        command.addAll(List.of(arguments));
        return command;
    }

    private void daemon(String name, List<String> command) throws IOException {
        daemons.add(
                0,
                new Daemon(
                        name,
                        directory,
                        Map.of("HADOOP_HOME", home.toString(), "JAVA_HOME", System.getProperty("java.home")),
                        command));
    }

    Path home() {
        return home;
    }

    Path configuration() {
        return configuration;
    }

    /** Returns the one that stands by. */
    URI standby() {
        return standby;
    }

    /** Returns the one that is in charge. */
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
