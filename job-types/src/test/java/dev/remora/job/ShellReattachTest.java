package dev.remora.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.remora.job.internal.process.JobBench;
import dev.remora.job.internal.process.TestJobContext;
import dev.remora.model.Cause;
import dev.remora.spi.JobHandle;
import dev.remora.spi.JobResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellReattachTest {
    private static final String UNTIL_GO = "until [ -e go ]; do sleep 0.01; done; ";

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

    private static void go(TestJobContext context) throws Exception {
        Files.createFile(context.workDirectory().resolve("go"));
    }

    private static JobResult reattach(TestJobContext context) throws Exception {
        return JobBench.result(new ShellJobType().reattach(context, "").orElseThrow());
    }

    private static void awaitGone(TestJobContext context) {
        await().atMost(JobBench.PATIENCE)
                .until(() -> JobBench.processesOf(context).isEmpty());
    }

    private static long launcher(TestJobContext context) throws Exception {
        return Long.parseLong(identity(context)[0]);
    }

    private static String[] identity(TestJobContext context) throws Exception {
        return Files.readString(context.controlDirectory().resolve("identity"))
                .trim()
                .split(" ");
    }

    @Test
    void aRunningJobIsFoundAndItsLogGoesOnWhereItStood() throws Exception {
        TestJobContext first = bench.context("echo one; printf tw; " + UNTIL_GO + "echo o; echo a=1 >$REMORA_OUTPUT");
        bench.start(first);
        JobBench.awaitLine(first, "tw");

        TestJobContext second = first.nextEngine();
        JobHandle handle = new ShellJobType().reattach(second, "").orElseThrow();
        assertThat(handle.completion().toCompletableFuture()).isNotDone();
        go(second);

        JobResult result = JobBench.result(handle);
        assertThat(result.outputs()).containsEntry("a", "1");
        assertThat(second.log().lines()).containsExactly("one", "two");
    }

    @Test
    void aJobThatEndedMeanwhileIsFoundWithAllItsLines() throws Exception {
        TestJobContext first = bench.context(
                "echo start; " + UNTIL_GO + "i=0; while [ $i -lt 5000 ]; do echo $i; i=$((i+1)); done; exit 6");
        bench.start(first);
        JobBench.awaitLine(first, "start");
        TestJobContext second = first.nextEngine();
        go(second);
        awaitGone(second);

        JobResult result = reattach(second);

        assertThat(result.message()).isEqualTo("exit code 6");
        assertThat(result.beforeStop()).isTrue();
        assertThat(second.log().lines().subList(1, 5001))
                .isEqualTo(IntStream.range(0, 5000).mapToObj(Integer::toString).toList());
    }

    @Test
    void aJobThatIsFoundCanBeStopped() throws Exception {
        TestJobContext first = bench.context("trap '' TERM; echo ready; sleep 300");
        bench.start(first);
        JobBench.awaitLine(first, "ready");
        JobHandle handle = new ShellJobType().reattach(first.nextEngine(), "").orElseThrow();

        handle.stop(Duration.ofMillis(20));

        assertThat(JobBench.result(handle).beforeStop()).isFalse();
        assertThat(JobBench.processesOf(first)).isEmpty();
    }

    @Test
    void anEndThatAnEarlierEngineAskedForIsNotTheJobsOwn() throws Exception {
        TestJobContext first = bench.context("trap 'exit 0' TERM; echo ready; while :; do sleep 0.01; done");
        JobHandle handle = bench.start(first);
        JobBench.awaitLine(first, "ready");
        handle.stop(Duration.ofHours(1));
        JobBench.result(handle);

        JobHandle found = new ShellJobType().reattach(first.nextEngine(), "").orElseThrow();
        found.stop(Duration.ZERO);

        assertThat(JobBench.result(found).beforeStop()).isFalse();
    }

    @Test
    void aJobThatVanishedIsNotFoundButItsLogIsComplete() throws Exception {
        TestJobContext first = bench.context("echo start; " + UNTIL_GO + "echo last; touch said; sleep 300");
        bench.start(first);
        JobBench.awaitLine(first, "start");
        TestJobContext second = first.nextEngine();
        go(second);
        await().atMost(JobBench.PATIENCE)
                .until(() -> Files.exists(second.workDirectory().resolve("said")));
        ProcessHandle.of(launcher(second)).orElseThrow().destroyForcibly();
        JobBench.processesOf(second).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        awaitGone(second);

        assertThat(new ShellJobType().reattach(second, "")).isEmpty();
        assertThat(second.log().lines()).containsExactly("start", "last");
    }

    @Test
    void aJobThatNeverStartedIsSaidToHaveNotBegunAndNeverWillStart() throws Exception {
        TestJobContext context = bench.context("echo ran");
        assertThat(reattach(context)).isEqualTo(JobResult.notBegun());
        assertThat(reattach(context)).isEqualTo(JobResult.notBegun());
        Path control = context.controlDirectory();
        assertThat(control.resolve("identity")).hasContent("abandoned");

        // the launcher of the engine that died comes up late
        TestJobContext other = bench.context("echo ran");
        bench.run(other);
        for (String file : List.of("launcher", "arguments")) {
            Files.copy(other.controlDirectory().resolve(file), control.resolve(file));
        }
        Process late = new ProcessBuilder("/bin/sh", control.resolve("launcher").toString())
                .redirectErrorStream(true)
                .redirectOutput(control.resolve("output").toFile())
                .start();
        assertThat(late.waitFor()).isZero();
        assertThat(control.resolve("output")).isEmptyFile();
        assertThat(control.resolve("identity")).hasContent("abandoned");
    }

    @Test
    void aJobWhoseFilesWereRemovedIsNotTakenForOneThatNeverBegan() throws Exception {
        TestJobContext first = bench.context("echo ran");
        bench.run(first);
        TestJobContext second = first.nextEngine();
        Files.move(second.controlDirectory(), second.controlDirectory().resolveSibling("removed"));
        assertThat(second.controlDirectory()).isEmptyDirectory();

        assertThat(first.token()).isNotEmpty();
        assertThat(new ShellJobType().reattach(second, first.token())).isEmpty();
    }

    @Test
    void aJobThatRunsAlthoughItsFilesWereRemovedIsEndedBeforeItIsLost() throws Exception {
        TestJobContext first = bench.context("echo ready; sleep 300");
        bench.start(first);
        JobBench.awaitLine(first, "ready");
        TestJobContext second = first.nextEngine();
        Files.move(second.controlDirectory(), second.controlDirectory().resolveSibling("removed"));

        JobResult result = JobBench.result(
                new ShellJobType().reattach(second, first.token()).orElseThrow());

        assertThat(result.cause()).contains(Cause.LOST);
        assertThat(result.message()).contains("control directory");
        assertThat(JobBench.processesOf(second)).isEmpty();
    }

    @Test
    void aPidThatCameBackForSomeoneElseIsNotTheJob() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "300").start();
        try {
            TestJobContext first = bench.context("sleep 300");
            JobHandle handle = bench.start(first);
            await().atMost(JobBench.PATIENCE)
                    .until(() -> JobBench.processesOf(first).size() >= 2);
            TestJobContext second = first.nextEngine();
            String[] identity = identity(second);
            handle = new ShellJobType().reattach(second, "").orElseThrow();
            handle.stop(Duration.ZERO);
            JobBench.result(handle);
            Path control = second.controlDirectory();
            long start = Long.parseLong(Files.readString(Path.of("/proc", Long.toString(stranger.pid()), "stat"))
                    .replaceFirst(".*\\) ", "")
                    .split(" ")[19]);
            Files.delete(control.resolve("stop." + identity[3]));
            Files.deleteIfExists(control.resolve("exit." + identity[3]));
            Files.writeString(
                    control.resolve("identity"),
                    stranger.pid() + " " + (start - 1) + " " + identity[2] + " " + identity[3] + "\n");

            assertThat(new ShellJobType().reattach(second, "")).isEmpty();
            assertThat(stranger.isAlive()).isTrue();

            // the same pid and start time, but the host was booted since
            Files.writeString(
                    control.resolve("identity"),
                    stranger.pid() + " " + start + " 00000000-0000-0000-0000-000000000000 " + identity[3] + "\n");

            assertThat(new ShellJobType().reattach(second, "")).isEmpty();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    @Test
    void aJobWhoseLauncherIsKilledIsLostAndNothingOfItRunsOn() throws Exception {
        TestJobContext context = bench.context("echo ready; sleep 300");
        JobHandle handle = bench.start(context);
        JobBench.awaitLine(context, "ready");

        ProcessHandle.of(launcher(context)).orElseThrow().destroyForcibly();

        JobResult result = JobBench.result(handle);
        assertThat(result.cause()).contains(Cause.LOST);
        assertThat(result.message()).contains("launcher");
        assertThat(JobBench.processesOf(context)).isEmpty();
    }

    @Test
    void aJobThatLostItsLauncherWhileNoEngineLivedIsEndedBeforeItIsLost() throws Exception {
        TestJobContext first = bench.context("echo ready; sleep 300");
        bench.start(first);
        JobBench.awaitLine(first, "ready");
        TestJobContext second = first.nextEngine();
        ProcessHandle.of(launcher(second)).orElseThrow().destroyForcibly();
        await().atMost(JobBench.PATIENCE).until(() -> !JobBench.isAlive(launcher(second)));

        assertThat(reattach(second).cause()).contains(Cause.LOST);
        assertThat(JobBench.processesOf(second)).isEmpty();
    }
}
