package dev.remora.job.real;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A standalone cluster of Spark on loopback: a master and a worker. */
final class SparkCluster implements AutoCloseable {
    static final Map<String, String> ENVIRONMENT = Map.of("SPARK_SCALA_VERSION", "2.13", "SPARK_LOCAL_IP", "127.0.0.1");

    private final List<Daemon> daemons = new ArrayList<>();
    private final String master;
    private final URI web;

    static SparkCluster start() {
        try {
            return new SparkCluster();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SparkCluster() throws IOException {
        Path home = RealParts.sparkHome("spark");
        Path directory = RealParts.TARGET.resolve("spark-cluster");
        Daemon first = start(home, directory, "master", "org.apache.spark.deploy.master.Master", List.of());
        master = first.awaitLog("Starting Spark master at (spark://\\S+)").group(1);
        web = URI.create(
                first.awaitLog("MasterWebUI.* started at (http://\\S+)").group(1));
        Daemon worker = start(
                home,
                directory,
                "worker",
                "org.apache.spark.deploy.worker.Worker",
                List.of(
                        "--cores",
                        "4",
                        "--memory",
                        "4g",
                        "--work-dir",
                        directory.resolve("work").toString(),
                        master));
        worker.awaitLog("Successfully registered with master");
    }

    private Daemon start(Path home, Path directory, String name, String main, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(RealParts.JAVA.toString());
        command.addAll(RealParts.SMALL);
        command.addAll(List.of("-Xmx192m", "-cp", home.resolve("jars") + "/*", main));
        command.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
        command.addAll(arguments);
        Map<String, String> environment = new HashMap<>(ENVIRONMENT);
        environment.put("SPARK_HOME", home.toString());
        Daemon daemon = new Daemon(name, directory, environment, command);
        daemons.add(0, daemon);
        return daemon;
    }

    String master() {
        return master;
    }

    URI web() {
        return web;
    }

    /** Returns what the master says of a driver. */
    JsonNode driver(String id) throws IOException {
        JsonNode all = RealParts.json(web.resolve("/json/"));
        for (String list : List.of("activedrivers", "completeddrivers")) {
            for (JsonNode driver : all.path(list)) {
                if (driver.path("id").asText().equals(id)) {
                    return driver;
                }
            }
        }
        throw new IllegalArgumentException(id + " is unknown: " + all);
    }

    /** Returns how many drivers and applications the master knows as active. */
    int active() throws IOException {
        JsonNode all = RealParts.json(web.resolve("/json/"));
        return all.path("activedrivers").size() + all.path("activeapps").size();
    }

    @Override
    public void close() throws IOException {
        for (Daemon daemon : daemons) {
            daemon.close();
        }
    }
}
