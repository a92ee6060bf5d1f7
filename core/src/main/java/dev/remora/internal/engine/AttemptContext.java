package dev.remora.internal.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.model.JobId;
import dev.remora.model.Limit;
import dev.remora.model.Node;
import dev.remora.spi.JavaJob;
import dev.remora.spi.JobContext;
import dev.remora.spi.JobLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What one attempt may know and use; and its log, which is closed before its result counts. */
final class AttemptContext implements JobContext {
    private final EngineParts parts;
    private final ActiveRun run;
    private final int node;
    private final Node definition;
    private final int attempt;
    private final JsonNode parameter;
    private final BooleanSupplier stopRequested;
    private final LogContext logContext;
    private LogWriter log;
    private volatile boolean leavesFiles;

    AttemptContext(
            EngineParts parts,
            ActiveRun run,
            int node,
            int attempt,
            JsonNode parameter,
            BooleanSupplier stopRequested) {
        this.parts = parts;
        this.run = run;
        this.node = node;
        this.attempt = attempt;
        this.parameter = parameter;
        this.stopRequested = stopRequested;
        definition = run.definition().node(node);
        logContext = run.logContext().of(run.execId(), definition.name(), attempt);
    }

    Node definition() {
        return definition;
    }

    /** Whether the job type has, or may have, files of its own. */
    boolean leavesFiles() {
        return leavesFiles;
    }

    /** Lines are stored before the result is. */
    void closeLog(Runnable then) {
        LogWriter written;
        synchronized (this) {
            written = log;
        }
        if (written == null) {
            then.run();
        } else {
            written.close(then);
        }
    }

    /** The job goes on without this engine: its lines so far are stored, and no more come from here. */
    void leaveLog(Runnable then) {
        LogWriter written;
        synchronized (this) {
            written = log;
        }
        if (written == null) {
            then.run();
        } else {
            written.leave(then);
        }
    }

    void withMdc(Runnable work) {
        logContext.within(work);
    }

    <T> T withMdc(Supplier<T> work) {
        return logContext.within(work);
    }

    @Override
    public JobId jobId() {
        return new JobId(run.execId(), definition.name());
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public String project() {
        return run.submission().project();
    }

    @Override
    public String workflow() {
        return run.submission().workflow();
    }

    @Override
    public Instant scheduleTime() {
        return run.submission().scheduleTime();
    }

    @Override
    public JsonNode parameter() {
        return parameter;
    }

    @Override
    public Map<String, String> runParams() {
        return run.submission().options().params();
    }

    @Override
    public Optional<String> proxyUser() {
        return run.submission().options().proxyUser();
    }

    @Override
    public Optional<String> queue() {
        return run.submission().options().queue();
    }

    @Override
    public long limit(Limit limit) {
        return parts.config().limit(limit);
    }

    @Override
    public Path workDirectory() throws IOException {
        run.usesFiles();
        return parts.directories().work(run.execId());
    }

    @Override
    public Path controlDirectory() throws IOException {
        leavesFiles = true;
        run.usesFiles();
        return parts.directories().control(jobId(), attempt);
    }

    @Override
    public JobLog log() {
        return writer();
    }

    private synchronized LogWriter writer() {
        if (log == null) {
            // why: only Java code has a thread of its own
            boolean waits = parts.config().jobTypes().get(definition.type()) instanceof JavaJob.Type;
            log = new LogWriter(parts, run, jobId(), attempt, waits, logContext);
        }
        return log;
    }

    /** Writes what the engine has to say of the attempt. */
    void remark(String text) {
        writer().remark(text);
    }

    @Override
    public void appLink(String link) {
        run.appLink(node, attempt, link);
    }

    @Override
    public void token(String token) {
        run.token(node, attempt, token);
    }

    @Override
    public void later(Duration delay, Runnable task) {
        parts.jobThreads().later(delay, () -> withMdc(task));
    }

    @Override
    public Instant now() {
        return Instant.ofEpochMilli(parts.clock().now());
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        parts.clock().sleep(time);
    }

    @Override
    public boolean stopRequested() {
        return stopRequested.getAsBoolean();
    }
}
