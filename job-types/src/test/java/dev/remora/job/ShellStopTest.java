package dev.remora.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.remora.job.internal.process.JobBench;
import dev.remora.job.internal.process.TestJobContext;
import dev.remora.model.Cause;
import dev.remora.spi.JobHandle;
import dev.remora.spi.JobResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellStopTest {
    /** Longer than any test waits: if it mattered, the test would fail. */
    private static final Duration LONG = Duration.ofHours(1);

    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    Path directory;

    private JobBench bench;

    @BeforeEach
    void open() {
        bench = new JobBench(directory);
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    private static boolean exitCodeIsThere(TestJobContext context) throws IOException {
        try (var files = Files.list(context.controlDirectory())) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith("exit."));
        }
    }

    @Test
    void aJobThatListensStopsLongBeforeItsGraceTimeIsOver() throws Exception {
        TestJobContext context = bench.context("trap 'echo cleaning up; exit 9' TERM; echo ready; sleep 300 & wait");
        JobHandle handle = bench.start(context);
        JobBench.awaitLine(context, "ready");

        handle.stop(LONG);

        JobResult result = JobBench.result(handle);
        assertThat(result.beforeStop()).isFalse();
        assertThat(result.message()).isEqualTo("exit code 9");
        assertThat(context.log().lines()).containsExactly("ready", "cleaning up");
        assertThat(JobBench.processesOf(context)).isEmpty();
    }

    @Test
    void aTreeThatDoesNotListenIsKilledToTheLastProcess() throws Exception {
        String stubborn = "trap '' TERM HUP INT; ";
        TestJobContext context = bench.context(stubborn + "echo $$;"
                // in the session
                + "sh -c '" + "echo $$; sleep 300' &"
                // left the session, and its parent is gone
                + "setsid -f sh -c 'echo $$; setsid -f sh -c \"echo \\$\\$; sleep 300\"; sleep 300' &"
                // cleared its environment, but stayed
                + "env -i sh -c 'echo $$; sleep 300' &"
                // cleared its environment and left the session, but has a parent
                + "env -i setsid --wait sh -c 'echo $$; sleep 300' &"
                + "wait; wait; sleep 300");
        JobHandle handle = bench.start(context);
        await().atMost(JobBench.PATIENCE).until(() -> context.log().lines().size() == 6);

        handle.stop(SHORT);

        JobResult result = JobBench.result(handle);
        assertThat(result.cause()).contains(Cause.EXIT_CODE);
        assertThat(result.beforeStop()).isFalse();
        for (String pid : context.log().lines()) {
            assertThat(JobBench.isAlive(Long.parseLong(pid))).as(pid).isFalse();
        }
        assertThat(JobBench.processesOf(context)).isEmpty();
    }

    @Test
    void aJobThatForksWithoutEndIsKilledToTheLastProcess() throws Exception {
        TestJobContext context = bench.context(
                "trap '' TERM; echo ready; next() { trap '' TERM; [ -e \"$1\" ] || { sleep 0.01; next \"$1\" & }; }; next stop & wait; sleep 300");
        JobHandle handle = bench.start(context);
        JobBench.awaitLine(context, "ready");

        handle.stop(SHORT);

        JobBench.result(handle);
        List<Long> left = JobBench.processesOf(context);
        Files.createFile(context.workDirectory().resolve("stop"));
        assertThat(left).isEmpty();
    }

    @Test
    void whatWasPrintedUntilTheEndIsInTheLog() throws Exception {
        TestJobContext context =
                bench.context("trap 'i=0; while [ $i -lt 1000 ]; do echo $i; i=$((i+1)); done; exit 0' TERM;"
                        + "echo ready; while :; do sleep 0.01; done");
        JobHandle handle = bench.start(context);
        JobBench.awaitLine(context, "ready");

        handle.stop(LONG);

        JobResult result = JobBench.result(handle);
        assertThat(result.succeeded()).isTrue();
        assertThat(result.beforeStop()).isFalse();
        List<String> lines = context.log().lines();
        assertThat(lines.subList(lines.size() - 1000, lines.size()))
                .isEqualTo(IntStream.range(0, 1000).mapToObj(Integer::toString).toList());
    }

    @Test
    void theResultOfAJobThatHadEndedCounts() throws Exception {
        TestJobContext context = bench.context("echo a=1 >\"$REMORA_OUTPUT\"");
        JobHandle handle = bench.start(context);
        await().atMost(JobBench.PATIENCE).until(() -> exitCodeIsThere(context));

        handle.stop(SHORT);

        JobResult result = JobBench.result(handle);
        assertThat(result.succeeded()).isTrue();
        assertThat(result.beforeStop()).isTrue();
        assertThat(result.outputs()).containsEntry("a", "1");
    }

    @Test
    void aStopAfterTheCompletionChangesNothing() throws Exception {
        TestJobContext context = bench.context("exit 3");
        JobHandle handle = bench.start(context);
        JobResult result = JobBench.result(handle);

        handle.stop(SHORT);

        assertThat(JobBench.result(handle)).isSameAs(result);
        assertThat(result.beforeStop()).isTrue();
    }

    @Test
    void survivorsOfAJobThatHadEndedAreNotTouchedByAStop() throws Exception {
        TestJobContext context = bench.context("sleep 300 & echo $!");
        JobHandle handle = bench.start(context);
        await().atMost(JobBench.PATIENCE).until(() -> exitCodeIsThere(context));

        handle.stop(Duration.ZERO);

        assertThat(JobBench.result(handle).succeeded()).isTrue();
        assertThat(JobBench.isAlive(Long.parseLong(context.log().lines().get(0))))
                .isTrue();
    }

    @Test
    void askingAgainDoesNotChangeTheGraceTime() throws Exception {
        TestJobContext context = bench.context(
                "trap 'echo asked; until [ -e go ]; do sleep 0.01; done; exit 8' TERM; echo ready; while :; do sleep 0.01; done");
        JobHandle handle = bench.start(context);
        JobBench.awaitLine(context, "ready");

        handle.stop(LONG);
        JobBench.awaitLine(context, "asked");
        handle.stop(Duration.ZERO);
        handle.stop(Duration.ZERO);
        Files.createFile(context.workDirectory().resolve("go"));

        assertThat(JobBench.result(handle).message()).isEqualTo("exit code 8");
        assertThat(context.log().lines()).containsOnlyOnce("asked");
    }

    @Test
    void aSuspendedJobHearsThatItIsToStop() throws Exception {
        TestJobContext context =
                bench.context("trap 'echo heard; exit 0' TERM; echo $$; kill -s STOP $$; while :; do sleep 0.01; done");
        JobHandle handle = bench.start(context);
        await().atMost(JobBench.PATIENCE).until(() -> !context.log().lines().isEmpty());
        Path stat = Path.of("/proc", context.log().lines().get(0), "stat");
        await().atMost(JobBench.PATIENCE).until(() -> Files.readString(stat).contains(") T "));

        handle.stop(LONG);

        assertThat(JobBench.result(handle).succeeded()).isTrue();
        assertThat(context.log().lines()).hasSize(2).endsWith("heard");
    }

    @Test
    void aStopRightAfterTheStartLeavesNothing() throws Exception {
        for (int i = 0; i < 20; i++) {
            TestJobContext context = bench.context("trap '' TERM; sleep 300");
            JobHandle handle = bench.start(context);

            handle.stop(Duration.ZERO);

            assertThat(JobBench.result(handle).succeeded()).isFalse();
            await().atMost(JobBench.PATIENCE)
                    .until(() -> JobBench.processesOf(context).isEmpty());
        }
    }

    @Test
    void aStopDoesNotWaitForAStorageThatIsOut() throws Exception {
        TestJobContext context = bench.context("echo $$; sleep 300");
        context.log().failNext(Integer.MAX_VALUE);
        JobHandle handle = bench.start(context);
        await().atMost(JobBench.PATIENCE)
                .until(() -> !JobBench.processesOf(context).isEmpty());

        handle.stop(LONG);

        await().atMost(JobBench.PATIENCE)
                .until(() -> JobBench.processesOf(context).isEmpty());
        assertThat(handle.completion().toCompletableFuture()).isNotDone();
        context.log().failNext(0);
        assertThat(JobBench.result(handle).succeeded()).isFalse();
        assertThat(context.log().lines()).hasSizeLessThanOrEqualTo(1);
    }
}
