package dev.remora.internal.engine;

import dev.remora.internal.resource.Resources;
import dev.remora.internal.resource.WorkFiles;
import dev.remora.internal.schedule.TimeKeeper;
import dev.remora.spi.EngineClock;
import dev.remora.spi.Storage;
import java.util.concurrent.Executor;

/** What the parts of one engine know of each other. Wired once by {@link Engine}. */
final class EngineParts {
    private final EngineConfig config;
    private final EngineClock clock;
    private final EngineThreads threads;
    private final EngineMetrics metrics;
    private final Executor runThreads;
    private final JobThreads jobThreads;
    private final Dispatcher dispatcher;
    private final Listeners listeners;
    private final WorkDirectories directories;
    private final LogActivity logActivity = new LogActivity();
    private final RunningJobs runningJobs = new RunningJobs();
    private final Resources resources;
    private final WorkFiles workFiles;
    private final ActiveRuns activeRuns;
    private final Strays strays;
    private final Definitions definitions;
    private final Ownership ownership;
    private final Fence fence;
    private final Activation activation;
    private final Troubles troubles;
    private Committer committer;
    private TimeKeeper time;
    private NextRounds nextRounds;
    private Notifications notifications;

    EngineParts(
            EngineConfig config, EngineClock clock, EngineThreads threads, Executor runThreads, EngineMetrics metrics) {
        this.metrics = metrics;
        this.config = config;
        this.clock = clock;
        this.threads = threads;
        jobThreads = new JobThreads(config, clock, threads);
        this.runThreads = jobThreads.behindEnds(runThreads);
        strays = new Strays(threads);
        dispatcher = new Dispatcher(config.maxRunningNodes(), config.pools());
        listeners = new Listeners(threads, config.listeners(), metrics);
        directories = new WorkDirectories(config);
        resources = new Resources(config.storage().resources(), directories.incoming(), config::limit);
        workFiles = new WorkFiles(config.storage().resources(), directories.incoming());
        activeRuns = new ActiveRuns(this);
        definitions = new Definitions(config);
        ownership = new Ownership(config, threads, activeRuns, metrics);
        fence = new Fence(ownership);
        activation = new Activation(this);
        troubles = new Troubles(this);
    }

    /** Completes the wiring: the committer needs some of these parts itself. */
    void committer(Committer value) {
        committer = value;
    }

    /** Completes the wiring: these need some of these parts themselves. */
    void time(TimeKeeper keeper, NextRounds rounds, Notifications notices) {
        notifications = notices;
        time = keeper;
        nextRounds = rounds;
    }

    TimeKeeper time() {
        return time;
    }

    Notifications notifications() {
        return notifications;
    }

    NextRounds nextRounds() {
        return nextRounds;
    }

    EngineConfig config() {
        return config;
    }

    Storage storage() {
        return config.storage();
    }

    EngineClock clock() {
        return clock;
    }

    EngineThreads threads() {
        return threads;
    }

    EngineMetrics metrics() {
        return metrics;
    }

    Executor runThreads() {
        return runThreads;
    }

    JobThreads jobThreads() {
        return jobThreads;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    Listeners listeners() {
        return listeners;
    }

    WorkDirectories directories() {
        return directories;
    }

    Resources resources() {
        return resources;
    }

    WorkFiles workFiles() {
        return workFiles;
    }

    LogActivity logActivity() {
        return logActivity;
    }

    RunningJobs runningJobs() {
        return runningJobs;
    }

    ActiveRuns activeRuns() {
        return activeRuns;
    }

    Strays strays() {
        return strays;
    }

    Definitions definitions() {
        return definitions;
    }

    Ownership ownership() {
        return ownership;
    }

    Fence fence() {
        return fence;
    }

    Activation activation() {
        return activation;
    }

    Troubles troubles() {
        return troubles;
    }

    Committer committer() {
        return committer;
    }
}
