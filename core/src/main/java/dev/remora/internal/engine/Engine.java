package dev.remora.internal.engine;

import dev.remora.Backfills;
import dev.remora.ExecutionQuery;
import dev.remora.LogReader;
import dev.remora.OnClose;
import dev.remora.Projects;
import dev.remora.Remora;
import dev.remora.RemoraSession;
import dev.remora.ResourceCatalog;
import dev.remora.Retention;
import dev.remora.Schedules;
import dev.remora.WorkflowCatalog;
import dev.remora.WorkflowExecutor;
import dev.remora.error.EngineClosedException;
import dev.remora.error.ExecutionStateException;
import dev.remora.error.NotFoundException;
import dev.remora.error.ValidationException;
import dev.remora.internal.access.Gate;
import dev.remora.internal.access.GuardedSession;
import dev.remora.internal.schedule.BackfillService;
import dev.remora.internal.schedule.Requests;
import dev.remora.internal.schedule.ScheduleService;
import dev.remora.internal.schedule.TimeKeeper;
import dev.remora.model.Health;
import dev.remora.model.Status;
import dev.remora.spi.AccessPolicy;
import dev.remora.spi.Command;
import dev.remora.spi.EngineClock;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.JobType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine: wires its parts, starts them, and ends them. */
public final class Engine implements Remora {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration CLOSE_STEP = Duration.ofSeconds(5);

    private final EngineConfig config;
    private final EngineClock clock;
    private final ExecutorService runThreads;
    private final EngineParts parts;
    private final Heartbeat heartbeat;
    private final EngineHost host;
    private final RowCommands rowCommands;
    private final Rounds rounds;
    private final RequestCheck check;
    private final History history;
    private final Checkup checkup;
    private final RemoraSession session;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Engine(
            EngineConfig config,
            EngineClock clock,
            EngineThreads threads,
            EngineMetrics metrics,
            StorageHealth storageHealth) {
        this.config = config;
        this.clock = clock;
        // why: no bound, as each execution that is active waits here once at the most
        runThreads = threads.pool("run", Math.max(2, Runtime.getRuntime().availableProcessors()), Integer.MAX_VALUE);
        Executor counted = work -> runThreads.execute(clock.counted(work));
        parts = new EngineParts(config, clock, threads, counted, metrics);
        parts.committer(config.storage().commitsInline() ? new InlineCommitter(parts) : new GroupCommitter(parts));
        rowCommands = new RowCommands(parts);
        heartbeat = new Heartbeat(parts, rowCommands);
        host = new EngineHost(this);
        parts.time(new TimeKeeper(host), new NextRounds(parts), new Notifications(parts));
        rounds = new Rounds(parts, rowCommands);
        check = new RequestCheck(config, parts.dispatcher());
        history = new History(this);
        checkup = new Checkup(parts, storageHealth);
        session = session(config.user());
    }

    /** Starts an engine. */
    public static Remora start(EngineConfig config) {
        return start(config, new SystemThreads(config.name()));
    }

    /** Starts an engine that works on these threads. */
    public static Engine start(EngineConfig config, EngineThreads threads) {
        EngineMetrics metrics = new EngineMetrics(config);
        StorageHealth health = new StorageHealth(config.name(), metrics);
        EngineConfig watched = config.with(new WatchedStorage(config.storage(), health));
        Engine engine =
                new Engine(watched, config.clock().orElseGet(() -> new SystemClock(threads)), threads, metrics, health);
        metrics.show(engine.parts);
        engine.heartbeat.begin();
        engine.history.begin();
        LOG.info(
                "engine {} started, job types {}",
                config.name(),
                config.jobTypes().keySet());
        return engine;
    }

    /** Remora on behalf of one user. */
    private final class Session implements RemoraSession {
        private final WorkflowExecutor executor;
        private final WorkflowCatalog workflows;
        private final ResourceCatalog resources;
        private final Schedules schedules;
        private final Backfills backfills;
        private final ProjectCatalog projects;
        private final Queries query = new Queries(parts);
        private final LogReader logs = new Logs(parts);

        Session(String user) {
            executor = new Submitter(Engine.this, user);
            Requests requests = new EngineRequests(Engine.this);
            schedules = new ScheduleService(host, parts.time(), requests, user);
            backfills = new BackfillService(host, parts.time(), requests, user);
            workflows = new Catalog(Engine.this, user, schedules);
            resources = new ProjectResources(Engine.this, user);
            projects = new ProjectCatalog(Engine.this, user);
        }

        @Override
        public WorkflowExecutor executor() {
            return executor;
        }

        @Override
        public ExecutionQuery query() {
            return query;
        }

        @Override
        public LogReader logs() {
            return logs;
        }

        @Override
        public WorkflowCatalog workflows() {
            return workflows;
        }

        @Override
        public ResourceCatalog resources() {
            return resources;
        }

        @Override
        public Schedules schedules() {
            return schedules;
        }

        @Override
        public Backfills backfills() {
            return backfills;
        }

        @Override
        public Retention retention() {
            return history;
        }

        @Override
        public Projects projects() {
            return projects;
        }
    }

    @Override
    public Health health() {
        return checkup.health(closed.get());
    }

    /** What a user may see and do; all of it, with nothing in between, if everybody may do everything. */
    private RemoraSession session(String user) {
        Session whole = new Session(user);
        if (config.access() == AccessPolicy.everything()) {
            return whole;
        }
        Gate gate = new Gate(config.access(), config.storage(), user);
        return GuardedSession.of(whole, whole.query, whole.projects, gate, config.storage());
    }

    /** What the engine holds now. */
    public EngineLoad load() {
        return new EngineLoad(
                parts.activeRuns().size(),
                parts.runningJobs().count(),
                parts.dispatcher().taken(),
                parts.activeRuns().awaitedEnds());
    }

    EngineParts parts() {
        return parts;
    }

    Rounds rounds() {
        return rounds;
    }

    RequestCheck check() {
        return check;
    }

    Instant now() {
        return Instant.ofEpochMilli(clock.now());
    }

    void requireOpen() {
        if (closed.get()) {
            throw new EngineClosedException(config.name());
        }
    }

    /** A submission is part of a transaction of its caller: nothing of it is told or done before the commit. */
    void expect(long execId) {
        heartbeat.expect(execId);
    }

    /**
     * Carries a command out here, or leaves it for the engine that owns the execution. The commands of one caller are
     * carried out in the order given: behind one that waits in the storage, the next one waits too.
     */
    void command(long execId, Command command) {
        requireOpen();
        Optional<ActiveRun> here = parts.activation().active(execId);
        if (here.isPresent()
                && !rowCommands.waitFor(parts.ownership().lease(), execId)
                && Waits.await(parts.threads(), here.get().command(command), "a command to execution " + execId)) {
            return;
        }
        ExecutionRecord record = record(execId);
        while (record.state().held()) {
            if (parts.time().command(record, command)) {
                return;
            }
            record = record(execId);
        }
        Status status = record.state().status();
        if (!status.isFinal()) {
            config.storage().executions().send(execId, command);
            if (parts.activation().active(execId).isPresent()) {
                heartbeat.commandSent();
            }
        } else if (!(command instanceof Command.Kill)) {
            throw new ExecutionStateException(
                    execId, status, "only an execution that is not final can be paused or resumed");
        }
    }

    private ExecutionRecord record(long execId) {
        return config.storage().executions().find(execId).orElseThrow(() -> NotFoundException.execution(execId));
    }

    @Override
    public RemoraSession as(String user) {
        if (user.isBlank()) {
            throw ValidationException.of("session", "user", "is blank");
        }
        return session(user);
    }

    @Override
    public WorkflowExecutor executor() {
        return session.executor();
    }

    @Override
    public ExecutionQuery query() {
        return session.query();
    }

    @Override
    public LogReader logs() {
        return session.logs();
    }

    @Override
    public WorkflowCatalog workflows() {
        return session.workflows();
    }

    @Override
    public ResourceCatalog resources() {
        return session.resources();
    }

    @Override
    public Schedules schedules() {
        return session.schedules();
    }

    @Override
    public Backfills backfills() {
        return session.backfills();
    }

    @Override
    public Projects projects() {
        return session.projects();
    }

    @Override
    public Retention retention() {
        return session.retention();
    }

    @Override
    public boolean close(Duration patience, OnClose jobs) {
        if (!closed.compareAndSet(false, true)) {
            return true;
        }
        parts.dispatcher().close();
        boolean ended = false;
        try {
            ended = parts.runningJobs().awaitNone(parts.threads(), patience);
            parts.activation().handOverAll(jobs);
            Duration stopLimit = config.killGrace().plus(config.killVerification());
            if (!parts.runningJobs().awaitNone(parts.threads(), stopLimit)) {
                LOG.warn("engine {} closes while jobs that were told to stop still run", config.name());
            }
            host.close();
            history.close();
            // why: what became of the jobs is stored before anything is dropped
            parts.committer().close();
            // why: a beat could give up what is left running, as nobody acts for it here any more
            heartbeat.close();
            List<ActiveRun> dropped = parts.activation().dropAll();
            parts.ownership().close(dropped);
            clock.close();
            parts.jobThreads().close();
            runThreads.shutdown();
            runThreads.awaitTermination(CLOSE_STEP.toMillis(), TimeUnit.MILLISECONDS);
            parts.notifications().close();
            parts.listeners().close(CLOSE_STEP);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        parts.metrics().close();
        config.jobTypes().values().forEach(JobType::close);
        config.storage().close();
        LOG.info("engine {} closed", config.name());
        return ended;
    }
}
