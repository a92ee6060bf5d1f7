package dev.remora.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.remora.job.internal.process.JobBench;
import dev.remora.job.internal.process.TestJobContext;
import dev.remora.spi.JobHandle;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellLoadTest {
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
    void noLastLineIsEverMissing() throws Exception {
        List<TestJobContext> contexts = new ArrayList<>();
        List<JobHandle> handles = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            TestJobContext context = bench.context("printf 'the last line of " + i + "'");
            contexts.add(context);
            handles.add(bench.start(context));
        }
        for (int i = 0; i < 200; i++) {
            assertThat(JobBench.result(handles.get(i)).succeeded()).isTrue();
            assertThat(contexts.get(i).log().lines()).containsExactly("the last line of " + i);
        }
    }

    @Test
    void noStartMeetsABusyTextFile() throws Exception {
        ExecutorService starters = Executors.newFixedThreadPool(8);
        try {
            List<Callable<JobHandle>> starts = new ArrayList<>();
            List<TestJobContext> contexts = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                TestJobContext context = bench.context("#!/bin/sh\nexit 0");
                contexts.add(context);
                starts.add(() -> bench.start(context));
            }
            List<Future<JobHandle>> handles = starters.invokeAll(starts);
            for (int i = 0; i < 1000; i++) {
                assertThat(JobBench.result(handles.get(i).get()).succeeded())
                        .as(() -> "log of a job that failed")
                        .isTrue();
                assertThat(contexts.get(i).log().bytes()).isEmpty();
            }
        } finally {
            starters.shutdownNow();
            assertThat(starters.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void bigOutputPassesThroughInSmallParts() throws Exception {
        TestJobContext context = bench.context("head -c 52428800 /dev/zero; echo; echo end");
        context.log().keepNothing();

        assertThat(bench.run(context).succeeded()).isTrue();

        assertThat(context.log().total()).isEqualTo(52428800 + 5);
        assertThat(context.log().largestPart()).isLessThanOrEqualTo(256 << 10);
    }

    @Test
    void aJobThatWritesWithoutEndCanBeStopped() throws Exception {
        TestJobContext context = bench.context("trap '' TERM; head -c 200000000 /dev/zero; echo ready; sleep 300");
        context.log().keepNothing();
        JobHandle handle = bench.start(context);
        await().atMost(JobBench.PATIENCE).until(() -> context.log().total() > 0);

        handle.stop(Duration.ZERO);

        assertThat(JobBench.result(handle).succeeded()).isFalse();
        assertThat(JobBench.processesOf(context)).isEmpty();
        assertThat(context.log().total())
                .isEqualTo(Files.size(context.controlDirectory().resolve("output")));
    }

    @Test
    void runningJobsHoldNoThread() throws Exception {
        List<JobHandle> handles = new ArrayList<>();
        List<TestJobContext> contexts = new ArrayList<>();
        TestJobContext first = bench.context("echo ready; exec sleep 300");
        handles.add(bench.start(first));
        contexts.add(first);
        JobBench.awaitLine(first, "ready");
        for (int i = 0; i < 50; i++) {
            TestJobContext context = bench.context("echo ready; exec sleep 300");
            contexts.add(context);
            handles.add(bench.start(context));
        }
        for (TestJobContext context : contexts) {
            JobBench.awaitLine(context, "ready");
        }

        // the JDK's reapers wait for launchers only, and are idle now; those that wait for a process are in its native
        // code
        await().atMost(JobBench.PATIENCE).until(() -> waitingReapers() == 0);
        assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(50);

        for (JobHandle handle : handles) {
            handle.stop(Duration.ZERO);
        }
        for (JobHandle handle : handles) {
            JobBench.result(handle);
        }
    }

    private static long waitingReapers() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> stack.length > 0 && stack[0].getMethodName().startsWith("waitForProcessExit"))
                .count();
    }
}
