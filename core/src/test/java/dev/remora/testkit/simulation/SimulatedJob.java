package dev.remora.testkit.simulation;

import dev.remora.spi.JobResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A job of the simulated world: a process of its own, or part of that of its engine. */
final class SimulatedJob {
    private final String id;
    private final SimulatedProcess host;
    private final boolean external;
    private final List<Consumer<JobResult>> watchers = new ArrayList<>();
    private JobResult result;
    private boolean endedByItself;
    private boolean stopping;

    /** @param external whether it outlives its engine */
    SimulatedJob(String id, SimulatedProcess host, boolean external) {
        this.id = id;
        this.host = host;
        this.external = external;
    }

    /** Whether it is running somewhere. */
    boolean isAlive() {
        return result == null && (external || !host.isDead());
    }

    /** Whether an engine can find it, running or ended. */
    boolean isFoundBy(SimulatedProcess process) {
        return external || host == process;
    }

    boolean succeeded() {
        return endedByItself && result != null && result.succeeded();
    }

    /** Asks it to stop. Returns whether it is the first time. */
    boolean stop() {
        boolean first = !stopping && result == null;
        stopping = true;
        return first;
    }

    void watch(Consumer<JobResult> watcher) {
        watchers.add(watcher);
        if (result != null) {
            watcher.accept(result);
        }
    }

    /** It ends, unless it has. Returns whether it did. */
    boolean end(JobResult how, boolean byItself) {
        if (!isAlive()) {
            return false;
        }
        result = how;
        endedByItself = byItself;
        watchers.forEach(watcher -> watcher.accept(how));
        return true;
    }

    @Override
    public String toString() {
        return id;
    }
}
