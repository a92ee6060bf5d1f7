package dev.remora.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.remora.job.internal.process.JobBench;
import dev.remora.job.internal.process.TestJobContext;
import dev.remora.model.Cause;
import dev.remora.spi.JobResult;
import dev.remora.spi.JobType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What stands between MR and SPARK jobs and other processes, whatever their clients are: here it is a script. */
class ClientReattachTest {
    @TempDir
    Path directory;

    private JobBench bench;
    private Path program;

    private enum Kind {
        MR {
            @Override
            JobType type(Path program) {
                return MapReduceJobType.builder()
                        .executable(program.toString())
                        .property("mapreduce.framework.name", "local")
                        .build();
            }
        },
        SPARK {
            @Override
            JobType type(Path program) {
                return SparkJobType.builder()
                        .executable(program.toString())
                        .master("local")
                        .build();
            }
        };

        abstract JobType type(Path program);
    }

    @BeforeEach
    void open() throws IOException {
        bench = new JobBench(directory);
        program = Files.writeString(directory.resolve("client"), "#!/bin/sh\necho ready\nsleep 300\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    private static ObjectNode parameter() {
        return JsonNodeFactory.instance.objectNode().put("mainJar", "a.jar").put("mainClass", "A");
    }

    /** Starts a job, and lets its engine die. */
    private TestJobContext abandoned(JobType type) throws Exception {
        TestJobContext context = bench.context(parameter());
        type.start(context);
        JobBench.awaitLine(context, "ready");
        return context.nextEngine();
    }

    private static void end(TestJobContext context) throws IOException {
        JobBench.processesOf(context).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    private static void endAll(TestJobContext context) throws IOException {
        long launcher = Long.parseLong(identity(context)[0]);
        ProcessHandle.of(launcher).ifPresent(ProcessHandle::destroyForcibly);
        end(context);
        org.awaitility.Awaitility.await().atMost(JobBench.PATIENCE).until(() -> {
            end(context);
            return JobBench.processesOf(context).isEmpty() && !JobBench.isAlive(launcher);
        });
    }

    private static String[] identity(TestJobContext context) throws IOException {
        return Files.readString(context.controlDirectory().resolve("identity"))
                .trim()
                .split(" ");
    }

    private static String startOf(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "stat"))
                    .replaceFirst(".*\\) ", "")
                    .split(" ")[19];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPidThatCameBackForSomeoneElseIsNotTheClient(Kind kind) throws Exception {
        Process stranger = new ProcessBuilder("sleep", "300").start();
        try (JobType type = kind.type(program)) {
            TestJobContext next = abandoned(type);
            endAll(next);
            String[] identity = identity(next);
            long otherStart = Long.parseLong(startOf(stranger.pid())) - 1;
            Files.writeString(
                    next.controlDirectory().resolve("identity"),
                    stranger.pid() + " " + otherStart + " " + identity[2] + " " + identity[3] + "\n");

            assertThat(type.reattach(next, next.token())).isEmpty();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientOfAHostThatWasRestartedIsLost(Kind kind) throws Exception {
        Process stranger = new ProcessBuilder("sleep", "300").start();
        try (JobType type = kind.type(program)) {
            TestJobContext next = abandoned(type);
            endAll(next);
            Files.writeString(
                    next.controlDirectory().resolve("identity"),
                    stranger.pid() + " " + startOf(stranger.pid()) + " 00000000-0000-0000-0000-000000000000 "
                            + identity(next)[3] + "\n");

            assertThat(type.reattach(next, next.token())).isEmpty();
            assertThat(stranger.isAlive()).isTrue();
            assertThat(next.log().lines()).containsExactly("ready");
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatRunsAlthoughItsFilesWereRemovedIsEndedBeforeItIsLost(Kind kind) throws Exception {
        try (JobType type = kind.type(program)) {
            TestJobContext next = abandoned(type);
            Files.move(next.controlDirectory(), next.controlDirectory().resolveSibling("removed"));

            JobResult result = JobBench.result(type.reattach(next, next.token()).orElseThrow());

            assertThat(result.cause()).contains(Cause.LOST);
            assertThat(JobBench.processesOf(next)).isEmpty();
        }
    }
}
