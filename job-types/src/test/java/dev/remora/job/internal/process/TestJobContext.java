package dev.remora.job.internal.process;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.model.JobId;
import dev.remora.model.Limit;
import dev.remora.spi.JobContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a job sees of an engine that serves one directory. */
public final class TestJobContext implements JobContext {
    private final Path directory;
    private final JobId jobId;
    private final JsonNode parameter;
    private final ScheduledExecutorService timer;
    private final TestLog log;
    private final AtomicBoolean dead = new AtomicBoolean();
    private final List<String> links = new CopyOnWriteArrayList<>();
    private volatile String token = "";

    TestJobContext(Path directory, JobId jobId, JsonNode parameter, ScheduledExecutorService timer, TestLog log) {
        this.directory = directory;
        this.jobId = jobId;
        this.parameter = parameter;
        this.timer = timer;
        this.log = log;
    }

    /** Lets the engine die; returns what the next engine has. */
    public TestJobContext nextEngine() {
        dead.set(true);
        return otherEngine();
    }

    /** Returns what an engine has that believes to own the job too. */
    public TestJobContext otherEngine() {
        TestJobContext next = new TestJobContext(directory, jobId, parameter, timer, log);
        next.token = token;
        return next;
    }

    @Override
    public JobId jobId() {
        return jobId;
    }

    @Override
    public int attempt() {
        return 2;
    }

    @Override
    public String project() {
        return "project";
    }

    @Override
    public String workflow() {
        return "workflow";
    }

    @Override
    public Instant scheduleTime() {
        return Instant.EPOCH;
    }

    @Override
    public JsonNode parameter() {
        return parameter;
    }

    @Override
    public Map<String, String> runParams() {
        return Map.of();
    }

    @Override
    public Optional<String> proxyUser() {
        return Optional.empty();
    }

    @Override
    public Optional<String> queue() {
        return Optional.empty();
    }

    @Override
    public long limit(Limit limit) {
        return limit.defaultBound();
    }

    @Override
    public Path workDirectory() throws IOException {
        return Files.createDirectories(directory.resolve("work").resolve(Long.toString(jobId.execId())));
    }

    @Override
    public Path controlDirectory() throws IOException {
        return Files.createDirectories(directory.resolve("control").resolve(Long.toString(jobId.execId())));
    }

    @Override
    public TestLog log() {
        return log;
    }

    @Override
    public void appLink(String link) {
        links.add(link);
    }

    /** Returns the links that were given to this engine. */
    public List<String> appLinks() {
        return links;
    }

    @Override
    public void token(String text) {
        token = text;
    }

    /** Returns what an engine would have stored for its successor. */
    public String token() {
        return token;
    }

    @Override
    public void later(Duration delay, Runnable task) {
        try {
            timer.schedule(
                    () -> {
                        if (!dead.get()) {
                            task.run();
                        }
                    },
                    delay.toNanos(),
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // the engine has closed
        }
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void sleep(Duration time) {
        throw new UnsupportedOperationException("SHELL does not sleep");
    }

    @Override
    public boolean stopRequested() {
        return false;
    }
}
