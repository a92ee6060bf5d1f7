package dev.remora.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.remora.job.internal.process.JobBench;
import dev.remora.job.internal.process.TestJobContext;
import dev.remora.model.Cause;
import dev.remora.spi.JobResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellJobTypeTest {
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

    @Test
    void exitCode0IsSuccessWithoutOutputs() throws Exception {
        TestJobContext context = bench.context("echo hello");

        JobResult result = bench.run(context);

        assertThat(result).isEqualTo(JobResult.success().endedBeforeStop());
        assertThat(context.log().lines()).containsExactly("hello");
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "126", "127", "128", "200", "255"})
    void otherExitCodesAreFailures(int code) throws Exception {
        JobResult result = bench.run(bench.context("exit " + code));

        assertThat(result.cause()).contains(Cause.EXIT_CODE);
        assertThat(result.message()).isEqualTo("exit code " + code);
    }

    @ParameterizedTest
    @CsvSource({"KILL,137,SIGKILL", "TERM,143,SIGTERM", "INT,130,SIGINT", "HUP,129,SIGHUP"})
    void aSignalIsNamed(String signal, int code, String name) throws Exception {
        TestJobContext context = bench.context("echo before\nkill -s " + signal + " $$\necho after");

        JobResult result = bench.run(context);

        assertThat(result.message()).isEqualTo("exit code " + code + " (" + name + ")");
        assertThat(context.log().lines()).containsExactly("before");
    }

    @ParameterizedTest
    @CsvSource({"TERM", "HUP", "INT", "USR1"})
    void aSignalToTheWholeGroupStillLeavesAnExitCode(String signal) throws Exception {
        JobResult result = bench.run(bench.context("trap '' " + signal + "\nkill -s " + signal + " 0\nexit 5"));

        assertThat(result.message()).isEqualTo("exit code 5");
    }

    @Test
    void theShebangDecidesWhatRunsTheScript() throws Exception {
        TestJobContext context = bench.context("#!/usr/bin/perl -w\nprint join('-', 1..3), qq{ $0\\n};\n");

        assertThat(bench.run(context).succeeded()).isTrue();
        assertThat(context.log().lines())
                .containsExactly("1-2-3 " + context.controlDirectory().resolve("script"));
    }

    @Test
    void aShebangMayGoThroughEnv() throws Exception {
        TestJobContext context = bench.context("#! /usr/bin/env bash\nwords=(a b); echo ${#words[@]}");

        assertThat(bench.run(context).succeeded()).isTrue();
        assertThat(context.log().lines()).containsExactly("2");
    }

    @Test
    void anInterpreterThatIsMissingIsAFailureThatTheLogExplains() throws Exception {
        TestJobContext context = bench.context("#!/no/such/interpreter\necho hello");

        assertThat(bench.run(context).message()).isEqualTo("exit code 127");
        assertThat(String.join("\n", context.log().lines())).contains("/no/such/interpreter");
    }

    @Test
    void variablesArriveAsTheyAre() throws Exception {
        String odd = "a 'b' \"c\" $HOME `id` $(id) \\n \\\\ * ; & | < > # \ttab\n second line\n\n+plus\n:colon 数据 ";
        ObjectNode parameter = JobBench.script("printf '%s' \"$ODD\"; printf '|%s|%s' \"$IFS_\" \"$line\"");
        parameter.putObject("env").put("ODD", odd).put("IFS_", "").put("line", "=");
        TestJobContext context = bench.context(parameter);

        assertThat(bench.run(context).succeeded()).isTrue();
        assertThat(new String(context.log().bytes(), StandardCharsets.UTF_8)).isEqualTo(odd + "||=");
    }

    @Test
    void variablesThatShellsHeedDoNotDisturbTheLauncher() throws Exception {
        ObjectNode parameter = JobBench.script("#!/usr/bin/perl\nprint qq{$ENV{IFS}$ENV{directory}$ENV{PATH}\\n};");
        parameter
                .putObject("env")
                .put("IFS", "xit/.")
                .put("directory", "elsewhere")
                .put("PATH", "/nowhere");
        TestJobContext context = bench.context(parameter);

        assertThat(bench.run(context).succeeded()).isTrue();
        assertThat(context.log().lines()).containsExactly("xit/.elsewhere/nowhere");
    }

    @Test
    void theJobIsToldWhoItIs() throws Exception {
        TestJobContext context = bench.context(
                "echo \"$REMORA_EXEC_ID $REMORA_NODE $REMORA_JOB_ID $REMORA_ATTEMPT\"; pwd; cat; dirname $REMORA_OUTPUT");

        assertThat(bench.run(context).succeeded()).isTrue();
        long execId = context.jobId().execId();
        assertThat(context.log().lines())
                .containsExactly(
                        execId + " 步骤-1 " + execId + "-步骤-1 2",
                        context.workDirectory().toRealPath().toString(),
                        context.controlDirectory().toString());
    }

    @Test
    void outputsAreRead() throws Exception {
        JobResult result = bench.run(bench.context(
                "printf 'a=1\\nb=x=y\\r\\na=2\\nc=\\n名=值' >>\"$REMORA_OUTPUT\"; echo a=3 | grep -q nothing || true"));

        assertThat(result.outputs()).isEqualTo(Map.of("a", "2", "b", "x=y", "c", "", "名", "值"));
    }

    @Test
    void badOutputsAreAFailureThatNamesTheLine() throws Exception {
        JobResult result = bench.run(bench.context("printf 'a=1\\nnonsense\\n' >\"$REMORA_OUTPUT\""));

        assertThat(result.cause()).contains(Cause.BAD_OUTPUT);
        assertThat(result.message()).startsWith("line 2 of the outputs has no '='");
        assertThat(result.outputs()).isEmpty();
    }

    @Test
    void aFileOfOutputsThatIsTooBigIsNotRead() throws Exception {
        JobResult result = bench.run(bench.context("truncate -s 20G \"$REMORA_OUTPUT\""));

        assertThat(result.cause()).contains(Cause.BAD_OUTPUT);
        assertThat(result.message()).contains("OUTPUT_SIZE");
    }

    @Test
    void outputsInAPipeDoNotHang() throws Exception {
        JobResult result = bench.run(bench.context("mkfifo \"$REMORA_OUTPUT\""));

        assertThat(result.cause()).contains(Cause.BAD_OUTPUT);
    }

    @Test
    void outputsOfAFailureAreDropped() throws Exception {
        JobResult result = bench.run(bench.context("echo a=1 >\"$REMORA_OUTPUT\"; exit 4"));

        assertThat(result.message()).isEqualTo("exit code 4");
        assertThat(result.outputs()).isEmpty();
    }

    @Test
    void outputAndErrorAreMergedInTheOrderWritten() throws Exception {
        TestJobContext context =
                bench.context("i=0; while [ $i -lt 100 ]; do echo out $i; echo error $i >&2; i=$((i+1)); done");

        assertThat(bench.run(context).succeeded()).isTrue();
        assertThat(context.log().lines())
                .isEqualTo(IntStream.range(0, 200)
                        .mapToObj(i -> (i % 2 == 0 ? "out " : "error ") + i / 2)
                        .toList());
    }

    @Test
    void bytesThatAreNotUtf8AndALastLineWithoutEndArrive() throws Exception {
        TestJobContext context = bench.context("printf '\\377\\376 \\303\\n\\n\\0 end'");

        assertThat(bench.run(context).succeeded()).isTrue();
        assertThat(context.log().bytes())
                .isEqualTo(new byte[] {(byte) 0xff, (byte) 0xfe, ' ', (byte) 0xc3, '\n', '\n', 0, ' ', 'e', 'n', 'd'});
    }

    @Test
    void outputArrivesWhileTheJobRuns() throws Exception {
        TestJobContext context = bench.context("echo ready; until [ -e go ]; do sleep 0.05; done; echo done");
        var handle = bench.start(context);
        JobBench.awaitLine(context, "ready");
        assertThat(handle.completion().toCompletableFuture()).isNotDone();

        Files.createFile(context.workDirectory().resolve("go"));

        assertThat(JobBench.result(handle).succeeded()).isTrue();
        assertThat(context.log().lines()).containsExactly("ready", "done");
    }

    @Test
    void aStorageThatIsOutForAMomentCostsNoLineAndDoublesNone() throws Exception {
        TestJobContext context = bench.context("for i in 1 2 3; do echo $i; sleep 0.02; done");
        context.log().failNext(2);

        assertThat(bench.run(context).succeeded()).isTrue();
        assertThat(context.log().lines()).containsExactly("1", "2", "3");
    }

    @Test
    void whatAScriptLeavesInTheBackgroundIsNotTouched() throws Exception {
        TestJobContext context = bench.context("sleep 300 & echo $!");

        assertThat(bench.run(context).succeeded()).isTrue();

        long survivor = Long.parseLong(context.log().lines().get(0));
        assertThat(JobBench.isAlive(survivor)).isTrue();
        ProcessHandle.of(survivor).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void whatAnEarlierJobLeftInTheControlDirectoryDoesNotCount() throws Exception {
        TestJobContext context = bench.context("echo a=1 >\"$REMORA_OUTPUT\"; echo first; exit 7");
        assertThat(bench.run(context).message()).isEqualTo("exit code 7");

        TestJobContext again = bench.context("echo second");
        Path control = again.controlDirectory();
        Files.delete(control);
        Files.move(context.controlDirectory(), control);

        JobResult result = bench.run(again);
        assertThat(result.succeeded()).isTrue();
        assertThat(result.outputs()).isEmpty();
        assertThat(again.log().lines()).containsExactly("second");
    }

    @Test
    void theScriptIsReadableByItsOwnerOnly() throws Exception {
        TestJobContext context = bench.context("echo secret");
        bench.run(context);

        for (String file : new String[] {"script", "arguments", "output"}) {
            assertThat(Files.getPosixFilePermissions(context.controlDirectory().resolve(file)))
                    .as(file)
                    .allMatch(permission -> permission.name().startsWith("OWNER"))
                    .contains(PosixFilePermission.OWNER_READ);
        }
    }
}
