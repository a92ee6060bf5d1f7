package dev.remora.job.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.OnClose;
import dev.remora.Remora;
import dev.remora.model.LogLine;
import dev.remora.model.LogRequest;
import dev.remora.model.NodeExecution;
import dev.remora.model.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An engine is killed by SIGKILL while its jobs run, or closes and leaves them; the next one takes all of them over. */
@ExtendWith(Shared.class)
class ClusterCrashTest {
    private static final List<String> NODES = List.of("shell", "spark", "yarn");

    @TempDir
    Path directory;

    private enum Moment {
        /** The clients have only begun: YARN has not given an id yet. */
        CLIENTS_BEGUN,
        /** All three are at work. */
        ALL_RUN,
        /** The same, but the engine closes in good order and leaves them, as for a redeployment. */
        CLOSED
    }

    private void await(Moment moment, CrashedEngine.Place place) {
        Awaitility.await().atMost(ClusterRuns.PATIENCE).until(() -> switch (moment) {
            // why: the process of a shell node names its script only
            case CLIENTS_BEGUN ->
                Files.exists(Path.of(place.signal("shell") + ".begun"))
                        && clientOf(place, "spark")
                        && clientOf(place, "yarn");
            case ALL_RUN, CLOSED ->
                NODES.stream().allMatch(node -> Files.exists(Path.of(place.signal(node) + ".begun")));
        });
    }

    private static boolean clientOf(CrashedEngine.Place place, String node) {
        return !SparkRuns.processes(place.signal(node).toString()).isEmpty();
    }

    @AfterEach
    void endWhatAFailureLeft() {
        SparkRuns.endProcesses(directory.toString());
    }

    @ParameterizedTest
    @EnumSource
    void theNextEngineTakesOverWhatRuns(Moment moment, HadoopCluster cluster) throws Exception {
        CrashedEngine.Place place = new CrashedEngine.Place(
                directory, cluster.configuration(), cluster.resourceManager(), "mine-" + UUID.randomUUID());
        long execId = moment == Moment.CLOSED ? close(place) : crash(moment, place);

        try (Remora remora = place.start()) {
            Awaitility.await()
                    .atMost(ClusterRuns.PATIENCE)
                    .until(() -> NODES.stream().allMatch(node -> Files.exists(Path.of(place.signal(node) + ".begun"))));
            for (String node : NODES) {
                Path written = directory.resolve("written");
                Files.writeString(written, "");
                Files.move(written, place.signal(node));
            }

            Status status = remora.query()
                    .await(execId, ClusterRuns.PATIENCE)
                    .orElseThrow()
                    .status();

            List<NodeExecution> nodes =
                    remora.query().find(execId).orElseThrow().nodes();
            assertThat(status).as("%s", nodes).isEqualTo(Status.SUCCESS);
            assertThat(nodes).allSatisfy(node -> assertThat(node.attempt()).isEqualTo(1));
            int lines = Integer.parseInt(nodes.get(0).outputs().get("lines"));
            assertThat(log(remora, execId, "shell"))
                    .isEqualTo(IntStream.rangeClosed(1, lines)
                            .mapToObj(line -> "line " + line)
                            .toList());
            assertThat(log(remora, execId, "spark")).containsOnlyOnce("waiting").containsOnlyOnce("over");
            assertThat(cluster.tagged(place.mine())).singleElement().satisfies(application -> {
                assertThat(application.path("finalStatus").asText()).isEqualTo("SUCCEEDED");
                assertThat(nodes.get(2).appLinks())
                        .contains(application.path("id").asText());
                assertThat(log(remora, execId, "yarn"))
                        .filteredOn(line -> line.contains("Submitted application"))
                        .hasSize(1);
            });
        }
    }

    private long close(CrashedEngine.Place place) {
        Remora remora = place.start();
        try {
            long execId = place.submit(remora);
            await(Moment.CLOSED, place);
            return execId;
        } finally {
            assertThat(remora.close(Duration.ZERO, OnClose.LEAVE)).isFalse();
        }
    }

    private long crash(Moment moment, CrashedEngine.Place place) throws IOException, InterruptedException {
        Process engine = new ProcessBuilder(
                        RealParts.JAVA.toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dbasedir=" + RealParts.BASE,
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashedEngine.class.getName(),
                        place.directory().toString(),
                        place.configuration().toString(),
                        place.resourceManager().toString(),
                        place.mine())
                .redirectError(directory.resolve("engine.err").toFile())
                .start();
        try (BufferedReader output = engine.inputReader(StandardCharsets.UTF_8)) {
            String execId = output.readLine();
            assertThat(execId)
                    .as("%s", Files.readString(directory.resolve("engine.err")))
                    .isNotNull();
            await(moment, place);
            return Long.parseLong(execId);
        } finally {
            engine.destroyForcibly();
            assertThat(engine.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static List<String> log(Remora remora, long execId, String node) {
        List<String> lines = new ArrayList<>();
        while (true) {
            List<LogLine> page = remora.logs()
                    .read(LogRequest.builder(execId + "-" + node)
                            .from(lines.size())
                            .size(1000)
                            .build())
                    .lines();
            if (page.isEmpty()) {
                return lines;
            }
            page.forEach(line -> lines.add(line.text()));
        }
    }
}
