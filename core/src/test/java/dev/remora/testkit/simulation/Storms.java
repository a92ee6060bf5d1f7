package dev.remora.testkit.simulation;

import dev.remora.OnClose;
import java.time.Duration;
import java.util.Random;

/** What goes wrong in the simulated world, until it has had its time. */
final class Storms {
    private static final int LONGEST_DOWN = 15_000;
    private static final int LONGEST_FREEZE = 12_000;
    private static final int LONGEST_CUT = 30_000;

    private final World world;
    private final Random random;

    Storms(World world) {
        this.world = world;
        random = world.random();
    }

    /** Something goes wrong. */
    void strike() {
        Host host = world.hosts().get(random.nextInt(world.hosts().size()));
        int kind = random.nextInt(10);
        if (kind < 3) {
            crash(host);
        } else if (kind < 5) {
            freeze(host);
        } else if (kind < 6) {
            close(host);
        } else if (kind < 9) {
            cutOff(host);
        } else {
            world.hosts().forEach(this::cutOff);
        }
    }

    private void crash(Host host) {
        if (!host.isDown()) {
            host.crash();
            restartLater(host, host.process());
        }
    }

    private void restartLater(Host host, SimulatedProcess dead) {
        after(random.nextInt(LONGEST_DOWN), () -> {
            if (host.process() == dead) {
                host.start();
            }
        });
    }

    private void freeze(Host host) {
        SimulatedProcess process = host.process();
        if (process.goesOn()) {
            world.scheduler().trace(process, () -> "the process is frozen");
            process.frozen(true);
            after(random.nextInt(LONGEST_FREEZE), () -> thaw(process));
        }
    }

    private void thaw(SimulatedProcess process) {
        world.scheduler().trace(process, () -> "the process goes on");
        process.frozen(false);
    }

    private void close(Host host) {
        OnClose jobs = random.nextBoolean() ? OnClose.LEAVE : OnClose.STOP;
        host.close(Duration.ofMillis(random.nextInt(2) * random.nextInt(5_000)), jobs);
    }

    private void cutOff(Host host) {
        if (world.commitsInline()) {
            return;
        }
        SimulatedProcess process = host.process();
        world.scheduler().trace(process, () -> "the storage is away");
        world.weather().cutOff(process);
        after(random.nextInt(LONGEST_CUT), () -> {
            world.scheduler().trace(process, () -> "the storage is back");
            world.weather().reconnect(process);
        });
    }

    /** From now on all is well. */
    void end() {
        world.weather().clear();
        world.hosts().forEach(host -> host.process().frozen(false));
        startAll();
    }

    /** Starts what is down. */
    void startAll() {
        world.hosts().stream().filter(Host::isDown).forEach(Host::start);
    }

    private void after(int millis, Runnable action) {
        world.scheduler().spawnAt(world.scheduler().now() + millis, world.process(), action);
    }
}
