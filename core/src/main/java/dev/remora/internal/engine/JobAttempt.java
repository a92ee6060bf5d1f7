package dev.remora.internal.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remora.error.Problem;
import dev.remora.error.StorageException;
import dev.remora.internal.resource.WorkFiles;
import dev.remora.model.Cause;
import dev.remora.model.JobId;
import dev.remora.model.Limit;
import dev.remora.model.Node;
import dev.remora.spi.JavaJob;
import dev.remora.spi.JobContext;
import dev.remora.spi.JobHandle;
import dev.remora.spi.JobLog;
import dev.remora.spi.JobResult;
import dev.remora.spi.JobType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** One attempt of a node in this engine, from the moment its start is stored to the moment its job is gone. */
final class JobAttempt implements JobContext {
    private static final Logger LOG = LoggerFactory.getLogger(JobAttempt.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final JobResult SUCCESS_BEFORE_STOP = JobResult.success().endedBeforeStop();

    private static final JobResult NEVER_STARTED =
            JobResult.failed(Cause.EXCEPTION, "asked to stop before it had started");

    private enum Stage {
        RUNNING,
        STOPPING,
        ENDED
    }

    private final EngineParts parts;
    private final ActiveRun run;
    private final int node;
    private final int attempt;
    private final ResolvedParameter parameter;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.RUNNING);
    private int slot;
    private JobHandle handle;
    private JavaNode javaNode;
    private LogWriter log;
    private Runnable wakingUp = () -> {};
    private volatile boolean leavesFiles;

    JobAttempt(EngineParts parts, ActiveRun run, int node, int attempt, ResolvedParameter parameter) {
        this.parameter = parameter;
        this.parts = parts;
        this.run = run;
        this.node = node;
        this.attempt = attempt;
    }

    int node() {
        return node;
    }

    int slot() {
        return slot;
    }

    void occupySlot(int pool) {
        slot = pool;
    }

    /** Starts the job; its start is stored. */
    void launch() {
        JobType type = parts.config().jobTypes().get(definition().type());
        if (type instanceof JavaJob.Type java) {
            parts.jobThreads().runJava(() -> runJava(java));
        } else if (files().any()) {
            // why: copying large files is no short work
            parts.jobThreads().runJava(() -> withMdc(() -> start(Optional.ofNullable(type))));
        } else {
            parts.jobThreads().execute(() -> withMdc(() -> start(Optional.ofNullable(type))));
        }
    }

    private void start(Optional<JobType> type) {
        Optional<JobResult> refused = refusal(type);
        if (refused.isPresent()) {
            completed(refused.get());
            return;
        }
        if (!fetchFiles()) {
            return;
        }
        if (stage.get() == Stage.STOPPING) {
            completed(NEVER_STARTED);
            return;
        }
        try {
            watch(type.orElseThrow().start(this));
        } catch (Exception | LinkageError thrown) {
            completed(failed(thrown));
        }
    }

    private Optional<JobResult> refusal(Optional<JobType> type) {
        if (type.isEmpty()) {
            return Optional.of(JobResult.failed(
                    Cause.UNKNOWN_JOB_TYPE,
                    "this engine has no job type " + definition().type()));
        }
        if (parameter.problem().isPresent()) {
            return Optional.of(
                    JobResult.failed(Cause.BAD_PARAMETER, parameter.problem().get()));
        }
        List<Problem> problems = type.get().check(parameter());
        if (problems.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(JobResult.failed(
                Cause.BAD_PARAMETER,
                problems.stream()
                        .map(problem -> problem.under("parameter").toString())
                        .collect(Collectors.joining("; "))));
    }

    /** Fetches what the node lists; false if the attempt has ended with that, or is started again later. */
    private boolean fetchFiles() {
        if (!files().any()) {
            return true;
        }
        try {
            WorkFiles.Wish wish = new WorkFiles.Wish(
                    run.execId(), project(), run.files(), workDirectory(), () -> stage.get() != Stage.RUNNING);
            Optional<JobResult> failed = files().fetch(parts.workFiles(), wish);
            failed.ifPresent(this::completed);
            return failed.isEmpty();
        } catch (InterruptedException stopped) {
            completed(NEVER_STARTED);
        } catch (StorageException failing) {
            if (failing.isTransient() && stage.get() == Stage.RUNNING) {
                LOG.warn("job {} attempt {} cannot fetch its files now; tried again", jobId(), attempt, failing);
                later(AGAIN, this::launch);
            } else {
                completed(failed(failing));
            }
        } catch (IOException | RuntimeException thrown) {
            completed(failed(thrown));
        }
        return false;
    }

    private AttemptFiles files() {
        return new AttemptFiles(parameter());
    }

    private void runJava(JavaJob.Type type) {
        Optional<JobResult> refused = refusal(Optional.of(type));
        if (refused.isPresent()) {
            completed(refused.get());
            return;
        }
        if (!withMdc(this::fetchFiles)) {
            return;
        }
        JavaNode thread = new JavaNode(parts.clock());
        synchronized (this) {
            javaNode = thread;
        }
        // why: looked at after the thread is known, so that a stop either is seen here or interrupts it
        if (stage.get() == Stage.STOPPING) {
            thread.over();
            completed(NEVER_STARTED);
            return;
        }
        completed(withMdc(() -> {
            try {
                return JobResult.success(type.job().run(this));
            } catch (Exception | Error thrown) {
                return failed(thrown);
            } finally {
                thread.over();
            }
        }));
    }

    /** Finds the job of an earlier engine again, or finds out that it is gone. */
    void reattach(String token) {
        parts.jobThreads()
                .execute(() -> withMdc(() -> {
                    Optional<JobType> type = Optional.ofNullable(
                            parts.config().jobTypes().get(definition().type()));
                    try {
                        Optional<JobHandle> found =
                                type.isEmpty() ? Optional.empty() : type.get().reattach(this, token);
                        if (found.isPresent()) {
                            watch(found.get());
                        } else {
                            closeLog(() -> run.lost(this));
                        }
                    } catch (Exception | LinkageError thrown) {
                        LOG.warn("job {} attempt {} cannot be looked for now; tried again", jobId(), attempt, thrown);
                        later(AGAIN, () -> reattach(token));
                    }
                }));
    }

    private void watch(JobHandle started) {
        synchronized (this) {
            handle = started;
        }
        if (stage.get() == Stage.STOPPING) {
            started.stop(parts.config().killGrace());
        }
        started.completion()
                .whenComplete((result, thrown) -> completed(thrown == null ? result : failed(unwrapped(thrown))));
    }

    /** Asks the job to stop. Asking again changes nothing. */
    void stop() {
        if (!stage.compareAndSet(Stage.RUNNING, Stage.STOPPING)) {
            return;
        }
        JobHandle started;
        synchronized (this) {
            started = handle;
            if (javaNode != null) {
                // why: a node that sleeps on the clock is at rest; from now on it is at work, until it wakes up
                wakingUp = parts.clock().counted(() -> {});
                javaNode.interrupt();
            }
        }
        if (stage.get() == Stage.ENDED) {
            awake();
        }
        if (started != null) {
            parts.jobThreads()
                    .execute(() -> withMdc(() -> started.stop(parts.config().killGrace())));
        }
    }

    private void completed(JobResult result) {
        boolean byItself = stage.getAndSet(Stage.ENDED) == Stage.RUNNING;
        awake();
        JobResult checked = OutputCheck.of(result, parts.config());
        JobResult told = !byItself || checked.beforeStop()
                ? checked
                : checked == JobResult.success() ? SUCCESS_BEFORE_STOP : checked.endedBeforeStop();
        closeLog(() -> run.ended(this, told));
    }

    /** Lines are stored before the result is. */
    private void closeLog(Runnable then) {
        LogWriter written;
        synchronized (this) {
            written = log;
        }
        if (written == null) {
            then.run();
        } else {
            written.close(parts.jobThreads(), then);
        }
    }

    /** The end of the attempt is stored: the job type's own files may go. */
    void cleanUp() {
        if (leavesFiles) {
            parts.jobThreads().execute(() -> parts.directories().removeControlDirectory(jobId(), attempt));
        }
    }

    private JobResult failed(Throwable thrown) {
        if (thrown instanceof InterruptedException && stage.get() != Stage.RUNNING) {
            return JobResult.failed(Cause.EXCEPTION, "interrupted, as it was asked to stop");
        }
        LOG.debug("job {} attempt {} threw", jobId(), attempt, thrown);
        log().line(StackTraces.of(thrown));
        return JobResult.failed(Cause.EXCEPTION, thrown.toString());
    }

    private static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    private Node definition() {
        return run.definition().node(node);
    }

    private void withMdc(Runnable work) {
        withMdc(() -> {
            work.run();
            return true;
        });
    }

    private <T> T withMdc(java.util.function.Supplier<T> work) {
        MDC.put("execId", Long.toString(run.execId()));
        MDC.put("node", definition().name());
        MDC.put("jobId", jobId().toString());
        try {
            return work.get();
        } finally {
            MDC.remove("execId");
            MDC.remove("node");
            MDC.remove("jobId");
        }
    }

    @Override
    public JobId jobId() {
        return new JobId(run.execId(), definition().name());
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
        return parameter.value();
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
    public Path workDirectory() throws IOException {
        return parts.directories().work(run.execId());
    }

    @Override
    public Path controlDirectory() throws IOException {
        leavesFiles = true;
        return parts.directories().control(jobId(), attempt);
    }

    @Override
    public synchronized JobLog log() {
        if (log == null) {
            int lineLimit = Math.toIntExact(Math.min(1 << 20, parts.config().limit(Limit.LOG_LINE_SIZE)));
            log = new LogWriter(
                    parts.storage().logs(), jobId(), attempt, lineLimit, parts.jobThreads(), parts.logActivity());
        }
        return log;
    }

    @Override
    public void appLink(String link) {
        run.appLink(this, link);
    }

    @Override
    public void token(String token) {
        run.token(this, token);
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
        awake();
        try {
            parts.clock().sleep(time);
        } finally {
            awake();
        }
    }

    private void awake() {
        Runnable now;
        synchronized (this) {
            now = wakingUp;
            wakingUp = () -> {};
        }
        now.run();
    }

    @Override
    public boolean stopRequested() {
        return stage.get() == Stage.STOPPING;
    }
}
