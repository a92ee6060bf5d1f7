package dev.remora.job.internal.process;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.remora.job.ShellJobType;
import dev.remora.model.JobId;
import dev.remora.spi.JobHandle;
import dev.remora.spi.JobResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Runs SHELL jobs on real processes under a directory of a test, and leaves none of them behind. */
public final class JobBench {
    public static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicLong NEXT_EXEC_ID =
            new AtomicLong(ProcessHandle.current().pid() * 100_000);

    private final Path directory;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(4);
    private final List<TestJobContext> contexts = new ArrayList<>();
    private final ShellJobType type = new ShellJobType();

    public JobBench(Path directory) {
        this.directory = directory;
    }

    public ShellJobType type() {
        return type;
    }

    public static ObjectNode script(String text) {
        return JsonNodeFactory.instance.objectNode().put("script", text);
    }

    public synchronized TestJobContext context(ObjectNode parameter) {
        JobId id = new JobId(NEXT_EXEC_ID.incrementAndGet(), "步骤-1");
        TestJobContext context = new TestJobContext(directory, id, parameter, timer, new TestLog());
        contexts.add(context);
        return context;
    }

    public TestJobContext context(String script) {
        return context(script(script));
    }

    public JobHandle start(TestJobContext context) throws IOException {
        return type.start(context);
    }

    public static JobResult result(JobHandle handle) throws Exception {
        return handle.completion().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    public JobResult run(TestJobContext context) throws Exception {
        return result(start(context));
    }

    /** Waits until a job has said something. */
    public static void awaitLine(TestJobContext context, String line) {
        await().atMost(PATIENCE).until(() -> context.log().lines().contains(line));
    }

    /** Returns the processes whose environment names the job, found without the code under test. */
    public static List<Long> processesOf(TestJobContext context) {
        List<Long> found = new ArrayList<>();
        String variable = "REMORA_JOB_ID=" + context.jobId() + "\0";
        for (Map.Entry<Long, String> process : environments().entrySet()) {
            if ((process.getValue() + "\0").contains(variable)) {
                found.add(process.getKey());
            }
        }
        return found;
    }

    private static Map<Long, String> environments() {
        Map<Long, String> environments = new TreeMap<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : directories) {
                try {
                    environments.put(
                            Long.parseLong(process.getFileName().toString()),
                            Files.readString(process.resolve("environ")));
                } catch (IOException e) {
                    // gone meanwhile, or someone else's
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return environments;
    }

    public static boolean isAlive(long pid) throws IOException {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        try {
            String text = Files.readString(stat);
            return text.charAt(text.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends whatever the jobs left. */
    public synchronized void close() throws Exception {
        timer.shutdownNow();
        timer.awaitTermination(10, TimeUnit.SECONDS);
        ProcessTable table = ProcessTable.ofThisHost();
        for (TestJobContext context : contexts) {
            ControlDirectory control = new ControlDirectory(context.controlDirectory());
            control.abandon();
            if (control.start() instanceof ControlDirectory.Start.Recorded recorded) {
                Termination termination = new Termination(table, recorded.identity(), Duration.ZERO);
                if (!processesOf(context).isEmpty() || table.exists(recorded.identity(), false)) {
                    await().atMost(PATIENCE).until(termination::step);
                }
            }
        }
    }
}
