package dev.remora.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.model.Cause;
import dev.remora.model.Execution;
import dev.remora.model.NodeExecution;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.storage.memory.MemoryStorage;
import dev.remora.testkit.ManualClock;
import dev.remora.testkit.ManualRemora;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes whose processes do not want to end, whatever ends their run. Only the engine's time is the test's: a timeout comes
 * when all these processes are there.
 */
class ShellTreeStopTest {
    @TempDir
    Path directory;

    private ManualRemora remora;
    private ShellRuns runs;

    @BeforeEach
    void start() {
        ManualClock clock = new ManualClock(ManualRemora.START);
        remora = ManualRemora.start(
                MemoryStorage.create(),
                clock,
                builder -> builder.jobType(new ShellJobType())
                        .workDirectory(directory)
                        .killGrace(Duration.ofMillis(300)));
        runs = new ShellRuns(remora);
    }

    @AfterEach
    void close() {
        remora.close();
        assertThat(runs.processes()).isEmpty();
    }

    /**
     * Starts grandchildren in sessions of their own, without a parent, or without the environment. All of them ignore
     * TERM and keep forking; one is only ever its own successor. Should they be forgotten, they end after a minute.
     *
     * @param pace how many nodes do so at once: together they start as many processes in a second as one alone, as a
     *     machine that is kept busy by starting them has no time to kill them
     */
    private String stubborn(int pace) {
        return """
                trap '' TERM INT HUP
                forks='trap "" TERM INT HUP; for i in $(seq %1$d); do sh -c "sleep %2$s" & sleep %2$s; done'
                hops='trap "" TERM INT HUP; hop() { sleep %4$s; [ $1 = 0 ] || hop $(($1 - 1)) & }; hop %3$d'
                setsid sh -c "$forks" &
                nohup sh -c "$forks" >/dev/null 2>&1 &
                ( ( setsid sh -c "$forks" & ) & )
                ( ( setsid sh -c "$hops" & ) & )
                env -i sh -c "$forks" %5$s &
                echo ready
                sleep 60
                """.formatted(300 / pace, seconds(0.2 * pace), 1200 / pace, seconds(0.05 * pace), runs.marker());
    }

    private static String seconds(double time) {
        return String.format(Locale.ROOT, "%.2f", time);
    }

    private Workflow stubborn(String... nodes) {
        Workflow.Builder workflow = Workflow.builder();
        for (String node : nodes) {
            workflow.node(node, ShellJobType.NAME, runs.script(stubborn(nodes.length)));
        }
        return workflow.build();
    }

    private void awaitReady(long execId, String... nodes) {
        for (String node : nodes) {
            runs.awaitLine(execId, node, "ready");
        }
        assertThat(runs.processes()).hasSizeGreaterThanOrEqualTo(nodes.length * 6);
    }

    private void assertEnd(long execId, Status status, Cause cause) throws InterruptedException {
        Execution end = runs.end(execId);
        assertThat(runs.processes()).isEmpty();
        assertThat(end.status()).isEqualTo(status);
        assertThat(end.cause()).contains(cause);
    }

    private void assertNode(long execId, String name, Status status, Cause cause) {
        NodeExecution node = runs.node(execId, name);
        assertThat(node.status()).as(node.toString()).isEqualTo(status);
        assertThat(node.cause()).as(node.toString()).isEqualTo(Optional.of(cause));
    }

    @Test
    void killsAll() throws Exception {
        long execId = runs.submit(stubborn("node"));
        awaitReady(execId, "node");

        remora.executor().kill(execId);

        assertEnd(execId, Status.KILL, Cause.USER_KILL);
        assertNode(execId, "node", Status.KILL, Cause.USER_KILL);
    }

    @Test
    void killsAllOfTenNodesAtOnce() throws Exception {
        String[] nodes = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
        long execId = runs.submit(stubborn(nodes));
        awaitReady(execId, nodes);

        remora.executor().kill(execId);

        assertEnd(execId, Status.KILL, Cause.USER_KILL);
        for (String node : nodes) {
            assertNode(execId, node, Status.KILL, Cause.USER_KILL);
        }
    }

    @Test
    void endsAllWhenTheTimeOfTheNodeIsUp() throws Exception {
        Duration timeout = Duration.ofHours(1);
        long execId = runs.submit(Workflow.builder()
                .node(
                        "node",
                        ShellJobType.NAME,
                        node -> runs.script(stubborn(1)).apply(node).timeout(timeout))
                .build());
        awaitReady(execId, "node");

        remora.advance(timeout);

        assertEnd(execId, Status.FAILED, Cause.TIMEOUT);
        assertNode(execId, "node", Status.FAILED, Cause.TIMEOUT);
    }

    @Test
    void endsAllWhenTheTimeOfTheExecutionIsUp() throws Exception {
        Duration timeout = Duration.ofHours(1);
        long execId = runs.submit(stubborn("node"), request -> request.timeout(timeout));
        awaitReady(execId, "node");

        remora.advance(timeout);

        assertEnd(execId, Status.FAILED, Cause.TIMEOUT);
        assertNode(execId, "node", Status.KILL, Cause.EXECUTION_TIMEOUT);
    }

    @Test
    void endsAllWhenAnotherNodeFails() throws Exception {
        Path signal = directory.resolve("fail");
        String failing = "until [ -e '" + signal + "' ]; do sleep 0.1; done; exit 3";
        long execId = runs.submit(Workflow.builder()
                .node("node", ShellJobType.NAME, runs.script(stubborn(1)))
                .node("failing", ShellJobType.NAME, runs.script(failing))
                .node("last", "VIRTUAL", node -> node.after(List.of("node")))
                .build());
        awaitReady(execId, "node");

        Files.createFile(signal);

        assertEnd(execId, Status.FAILED, Cause.EXIT_CODE);
        assertNode(execId, "failing", Status.FAILED, Cause.EXIT_CODE);
        assertNode(execId, "node", Status.KILL, Cause.POLICY);
        assertNode(execId, "last", Status.KILL, Cause.POLICY);
    }
}
