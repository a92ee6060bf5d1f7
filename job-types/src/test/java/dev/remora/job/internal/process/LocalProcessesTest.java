package dev.remora.job.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.remora.error.LeaseLostException;
import dev.remora.error.StorageException;
import dev.remora.model.Cause;
import dev.remora.spi.JobHandle;
import dev.remora.spi.JobResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalProcessesTest {
    /** A host that has neither setsid nor /proc. */
    private final LocalProcesses poor = new LocalProcesses(new PortableProcessTable(), new Launcher(false));

    private final LocalProcesses usual = new LocalProcesses();

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

    private static JobHandle sh(LocalProcesses processes, TestJobContext context, String text) throws Exception {
        return processes.start(context, List.of("sh", "-c", text), Map.of());
    }

    @Test
    void argumentsReachTheProgramAsTheyAre() throws Exception {
        TestJobContext context = bench.context("");
        List<String> arguments = List.of("", "a b", "'\"$HOME`id`\\", "\n", "two\nlines\n", "-n", "+:", "数据");
        StringBuilder expected = new StringBuilder();
        arguments.forEach(argument -> expected.append('<').append(argument).append(">\n"));
        List<String> program = new ArrayList<>(List.of("printf", "<%s>\\n"));
        program.addAll(arguments);

        assertThat(JobBench.result(usual.start(context, program, Map.of())).succeeded())
                .isTrue();
        assertThat(new String(context.log().bytes(), StandardCharsets.UTF_8)).isEqualTo(expected.toString());
    }

    @Test
    void anArgumentWithNulIsRefused() {
        TestJobContext context = bench.context("");
        assertThatThrownBy(() -> usual.start(context, List.of("printf", "a\0b"), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NUL");
    }

    @Test
    void aPoorHostRunsStopsAndFindsJobsToo() throws Exception {
        TestJobContext context = bench.context("");
        JobHandle handle = sh(poor, context, "echo a=1 >$REMORA_OUTPUT; echo hello");
        assertThat(JobBench.result(handle).outputs()).containsEntry("a", "1");
        assertThat(context.log().lines()).endsWith("hello");

        TestJobContext stubborn = bench.context("");
        sh(poor, stubborn, "trap '' TERM; (sh -c 'sleep 300'; :) & echo ready; wait; sleep 300");
        JobBench.awaitLine(stubborn, "ready");
        JobHandle found = poor.reattach(stubborn.nextEngine()).orElseThrow();
        found.stop(Duration.ofMillis(50));
        assertThat(JobBench.result(found).cause()).contains(Cause.EXIT_CODE);
        assertThat(JobBench.processesOf(stubborn)).isEmpty();
    }

    @Test
    void aLauncherThatFailsIsReported() throws Exception {
        TestJobContext context = bench.context("");
        ControlDirectory control = new ControlDirectory(context.controlDirectory());
        control.prepare("exit 0", List.of("true"));
        Process failing = new ProcessBuilder("sh", "-c", "exit 2").start();
        LocalJob job =
                new LocalJob(context, control, ProcessTable.ofThisHost(), new StartWatch(control, "marker", failing));

        job.watch();

        JobResult result = JobBench.result(job);
        assertThat(result.cause()).contains(Cause.EXCEPTION);
        assertThat(control.start()).isInstanceOf(ControlDirectory.Start.Abandoned.class);
    }

    @Test
    void aRecordWithoutItsEndDoesNotCountYet() throws Exception {
        TestJobContext context = bench.context("");
        ControlDirectory control = new ControlDirectory(context.controlDirectory());
        control.create(control.exit("m"), "1");
        assertThat(control.exitCode("m")).isEmpty();
        control.create(control.exit("m"), "13\n");
        assertThat(control.exitCode("m")).hasValue(13);
        control.create(context.controlDirectory().resolve("identity"), "12");
        assertThat(control.start()).isInstanceOf(ControlDirectory.Start.Recording.class);
        assertThat(control.abandon()).isFalse();
    }

    @Test
    void whoLostTheLeaseLeavesTheJobToOthers() throws Exception {
        TestJobContext context = bench.context("");
        context.log().failAlways(new LeaseLostException("lost"));
        JobHandle handle = sh(usual, context, "echo ready; until [ -e go ]; do sleep 0.01; done; echo end");
        await().atMost(JobBench.PATIENCE).until(() -> context.log().failed());
        context.log().failNext(0);

        TestJobContext next = context.nextEngine();
        JobHandle found = usual.reattach(next).orElseThrow();
        JobBench.awaitLine(next, "ready");
        Files.createFile(next.workDirectory().resolve("go"));

        assertThat(JobBench.result(found).succeeded()).isTrue();
        assertThat(next.log().lines()).containsExactly("ready", "end");
        assertThat(handle.completion().toCompletableFuture()).isNotDone();
    }

    @Test
    void aJobWhoseLogCannotBeWrittenIsEndedAndFails() throws Exception {
        TestJobContext context = bench.context("");
        StorageException refused = new StorageException("refused", false);
        context.log().failAlways(refused);

        JobHandle handle = sh(usual, context, "echo ready; sleep 300");

        assertThatThrownBy(() -> JobBench.result(handle))
                .isInstanceOf(ExecutionException.class)
                .hasCause(refused);
        assertThat(JobBench.processesOf(context)).isEmpty();
    }
}
