package dev.remora.testkit.simulation;

import dev.remora.spi.JobResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A job of the simulated world: a process of its own, or part of that of its engine. */
final class SimulatedJob {
    private static final long LINE_MILLIS = 300;

    private final String id;
    private final SimulatedProcess host;
    private final boolean external;
    private final boolean limited;
    private final BooleanSupplier recorded;
    private final long startedAt;
    private final int lines;
    private final List<Consumer<JobResult>> watchers = new ArrayList<>();
    private JobResult result;
    private long endedAt = Long.MAX_VALUE;
    private boolean endedByItself;
    private boolean stopping;

    /**
     * @param external whether it outlives its engine
     * @param limited whether its engine must stop it when its time is up
     * @param recorded tells whether the storage has it as the running attempt
     * @param lines how many lines it puts out, if it runs long enough
     */
    SimulatedJob(
            String id,
            SimulatedProcess host,
            boolean external,
            boolean limited,
            BooleanSupplier recorded,
            long startedAt,
            int lines) {
        this.id = id;
        this.host = host;
        this.external = external;
        this.limited = limited;
        this.recorded = recorded;
        this.startedAt = startedAt;
        this.lines = lines;
    }

    /** Whether it is running somewhere. */
    boolean isAlive() {
        return result == null && (external || !host.isDead());
    }

    /** Whether an engine can find it, running or ended. */
    boolean isFoundBy(SimulatedProcess process) {
        return external || host == process;
    }

    boolean isExternal() {
        return external;
    }

    boolean isLimited() {
        return limited;
    }

    boolean isRecorded() {
        return recorded.getAsBoolean();
    }

    boolean isStopping() {
        return stopping;
    }

    boolean succeeded() {
        return endedByItself && result != null && result.succeeded();
    }

    Optional<JobResult> result() {
        return Optional.ofNullable(result);
    }

    /** What it has put out so far. */
    String output(long now) {
        StringBuilder output = new StringBuilder();
        for (int line = 0; line < lines && startedAt + line * LINE_MILLIS <= Math.min(now, endedAt); line++) {
            output.append("line ").append(line).append(" of ").append(id).append('\n');
        }
        return output.toString();
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
    boolean end(JobResult how, boolean byItself, long now) {
        if (!isAlive()) {
            return false;
        }
        result = how;
        endedAt = now;
        endedByItself = byItself;
        watchers.forEach(watcher -> watcher.accept(how));
        return true;
    }

    @Override
    public String toString() {
        return id;
    }
}
