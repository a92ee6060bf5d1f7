package dev.remora.job.real;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.remora.Remora;
import dev.remora.job.MapReduceJobType;
import dev.remora.job.ShellJobType;
import dev.remora.job.SparkJobType;
import dev.remora.model.DirectRunRequest;
import dev.remora.model.Workflow;
import dev.remora.storage.jdbc.JdbcStorage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** An engine in a JVM of its own, that is killed while its jobs run. */
public final class CrashedEngine {
    private CrashedEngine() {}

    /**
     * Where it is, and where its cluster is.
     *
     * @param mine a tag of the test's own
     */
    record Place(Path directory, Path configuration, URI resourceManager, String mine) {
        Path signal(String node) {
            return directory.resolve("signal-" + node);
        }

        Remora start() {
            return Remora.builder()
                    .storage(JdbcStorage.h2(directory.resolve("database")))
                    .name("crashed")
                    .lease(Duration.ofSeconds(5))
                    .workDirectory(directory.resolve("remora"))
                    .jobType(new ShellJobType())
                    .jobType(SparkRuns.type("spark").build())
                    .jobType(MapReduceRuns.type(configuration)
                            .resourceManager(resourceManager)
                            .property("mapreduce.job.tags", mine)
                            .build())
                    .start();
        }

        long submit(Remora remora) {
            return remora.executor()
                    .runDirect(DirectRunRequest.builder("crash", "crash", workflow())
                            .build());
        }

        /** A shell node, a local Spark and an application of YARN, side by side. */
        Workflow workflow() {
            String script = "i=0; : >" + signal("shell") + ".begun; until [ -e " + signal("shell")
                    + " ]; do i=$((i+1)); echo line $i; sleep 0.02; done; echo lines=$i >$REMORA_OUTPUT";
            return Workflow.builder()
                    .node("shell", ShellJobType.NAME, node -> node.parameter("script", script))
                    .node(
                            "spark",
                            SparkJobType.NAME,
                            SparkRuns.app(
                                    "spark", "local", "until", signal("spark").toString()))
                    .node(
                            "yarn",
                            MapReduceJobType.NAME,
                            MapReduceRuns.app(
                                    "until", "/test/" + mine, signal("yarn").toString()))
                    .build();
        }
    }

    /**
     * Submits and waits to be killed.
     *
     * @param args what the place consists of
     */
    public static void main(String[] args) throws InterruptedException {
        Place place = new Place(Path.of(args[0]), Path.of(args[1]), URI.create(args[2]), args[3]);
        Remora remora = place.start();
        long execId = place.submit(remora);
        System.out.println(JsonNodeFactory.instance.numberNode(execId));
        Thread.currentThread().join();
    }
}
