package dev.remora.testkit.simulation;

import dev.remora.OnClose;
import dev.remora.error.StorageException;
import dev.remora.event.ExecutionEvent;
import dev.remora.internal.engine.Engine;
import dev.remora.internal.engine.EngineConfig;
import dev.remora.internal.engine.EngineLoad;
import dev.remora.model.Status;
import dev.remora.spi.Storage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;

/** A place where an engine of one name runs, dies, and is started again. */
final class Host {
    static final String POOL = "narrow";
    static final Duration LEASE = Duration.ofSeconds(5);

    private static final int LONGEST_SKEW = 2_000;

    private final String name;
    private final World world;
    private final int maxRunningNodes;
    private int incarnation;
    private SimulatedProcess process;
    private Optional<Engine> engine = Optional.empty();
    private boolean closing;

    Host(String name, World world) {
        this.name = name;
        this.world = world;
        maxRunningNodes = 1 + world.random().nextInt(4);
        process = new SimulatedProcess(name);
        process.die();
    }

    SimulatedProcess process() {
        return process;
    }

    /** The engine, if its process is up and it takes calls. */
    Optional<Engine> engine() {
        return process.goesOn() && !closing ? engine : Optional.empty();
    }

    boolean isDown() {
        return process.isDead();
    }

    /** Starts a new process. */
    void start() {
        Scheduler scheduler = world.scheduler();
        SimulatedProcess born = new SimulatedProcess(name + "." + ++incarnation);
        process = born;
        engine = Optional.empty();
        closing = false;
        scheduler.trace(born, () -> "the process starts");
        scheduler.spawn(born, () -> {
            try {
                engine = Optional.of(Engine.start(config(born), new SimulatedThreads(scheduler, born, world.random())));
            } catch (StorageException away) {
                scheduler.trace(born, () -> "the engine cannot start: " + away);
                scheduler.spawn(world.process(), () -> crashIfStill(born));
            }
        });
    }

    private EngineConfig config(SimulatedProcess born) {
        Random random = world.random();
        Scheduler scheduler = world.scheduler();
        Storage handle = world.open();
        SimulatedThreads threads = new SimulatedThreads(scheduler, born, random);
        EngineConfig.Draft draft = new EngineConfig.Draft();
        draft.name(name);
        draft.zone(ZoneOffset.UTC);
        draft.storage(
                new SimulatedStorage(scheduler, born, world.weather(), world.ledger(), handle, world.commitsInline()));
        draft.clock(new SimulatedClock(scheduler, born, threads, random.nextInt(2 * LONGEST_SKEW) - LONGEST_SKEW));
        world.jobs().types(born).forEach(draft::jobType);
        draft.listener(event -> heard(born, event));
        draft.maxRunningNodes(maxRunningNodes);
        draft.pool(POOL, 1);
        draft.lease(LEASE);
        draft.killGrace(Duration.ofSeconds(2));
        draft.killVerification(Duration.ofSeconds(3));
        draft.workDirectory(Path.of("target", "simulation"));
        return draft.check();
    }

    private void heard(SimulatedProcess born, ExecutionEvent event) {
        if (born.isDead()) {
            return;
        }
        world.scheduler().pass();
        world.scheduler().trace(born, () -> "listener: " + event);
        if (event instanceof ExecutionEvent.NodeChanged node) {
            world.ledger().of(node.execId()).heard(node.node(), node.attempt(), node.to());
        } else if (event instanceof ExecutionEvent.ExecutionChanged execution
                && execution.to().isFinal()) {
            Status end = execution.to();
            world.ledger().of(execution.execId()).heardEnd(born, end);
        }
    }

    private void crashIfStill(SimulatedProcess which) {
        if (process == which && !which.isDead()) {
            crash();
        }
    }

    /** Ends the process as kill -9 does. */
    void crash() {
        world.scheduler().trace(process, () -> "the process dies");
        world.weather().reconnect(process);
        world.scheduler().kill(process);
        engine = Optional.empty();
    }

    /** Closes the engine in an orderly way; then its process ends. */
    void close(Duration patience, OnClose jobs) {
        Optional<Engine> open = engine();
        if (open.isEmpty()) {
            return;
        }
        closing = true;
        SimulatedProcess closed = process;
        world.scheduler().spawn(closed, () -> {
            world.scheduler().trace(closed, () -> "the engine closes: " + jobs);
            open.get().close(patience, jobs);
            world.scheduler().trace(closed, () -> "the engine is closed");
            world.scheduler().spawn(world.process(), () -> crashIfStill(closed));
        });
    }

    /** What is not as it is in an engine at rest; empty if nothing. */
    Optional<String> unrest() {
        if (engine().isEmpty()) {
            return Optional.of(name + " is not up");
        }
        EngineLoad load = engine.orElseThrow().load();
        EngineLoad none = new EngineLoad(0, 0, 0, 0);
        if (!load.equals(none) || process.alarms() != 0) {
            return Optional.of(name + " has " + load + " and " + process.alarms() + " alarms");
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return name;
    }
}
