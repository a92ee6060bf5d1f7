package dev.remora.internal.engine;

import dev.remora.event.ExecutionEvent;
import dev.remora.model.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a step of a run wants done once its changes are stored, in this order. */
final class Effects {
    private final RunningJobs runningJobs;
    private final EngineMetrics metrics;
    private final List<JobAttempt> starts = new ArrayList<>(1);
    private final List<JobAttempt> stops = new ArrayList<>(0);
    private final List<JobAttempt> overs = new ArrayList<>(1);
    private final List<ExecutionEvent> events = new ArrayList<>(0);
    private final List<Runnable> others = new ArrayList<>(0);
    private final List<CompletableFuture<Boolean>> replies = new ArrayList<>(0);

    private int ends;
    private int succeeded;
    private int failed;
    private int killed;
    private int notRun;

    /**
     * @param runningJobs where jobs that have ended are counted off
     * @param metrics where nodes are counted whose starts and ends are stored
     */
    Effects(RunningJobs runningJobs, EngineMetrics metrics) {
        this.runningJobs = runningJobs;
        this.metrics = metrics;
    }

    /** A node has ended. */
    void nodeEnded(Status status) {
        switch (status) {
            case SUCCESS -> succeeded++;
            case FAILED -> failed++;
            case KILL -> killed++;
            case DEP_FAILED -> notRun++;
            default -> throw new IllegalArgumentException(status + " is no end of a node that took part");
        }
    }

    void start(JobAttempt attempt) {
        starts.add(attempt);
    }

    void stop(JobAttempt attempt) {
        stops.add(attempt);
    }

    /** The attempt has ended: what it left behind may go. */
    void over(JobAttempt attempt) {
        overs.add(attempt);
        ends++;
    }

    void tell(ExecutionEvent event) {
        events.add(event);
    }

    void then(Runnable other) {
        others.add(other);
    }

    /** Somebody waits to hear whether this is stored: true when it is, false if it is not going to be. */
    void reply(CompletableFuture<Boolean> reply) {
        replies.add(reply);
    }

    /** Whether somebody waits to hear that this is stored. */
    boolean isAwaited() {
        return !replies.isEmpty();
    }

    boolean isEmpty() {
        return replies.isEmpty()
                && starts.isEmpty()
                && stops.isEmpty()
                && overs.isEmpty()
                && events.isEmpty()
                && others.isEmpty();
    }

    /** Stops what is to be stopped, be it before it has started. */
    void stop() {
        stops.forEach(JobAttempt::stop);
        stops.clear();
    }

    void happen(Listeners listeners) {
        try {
            stop();
            count();
            starts.forEach(JobAttempt::launch);
            starts.clear();
            overs.forEach(JobAttempt::cleanUp);
            events.forEach(listeners::tell);
            others.forEach(Runnable::run);
        } finally {
            replies.forEach(reply -> reply.complete(true));
            abandon();
        }
    }

    private void count() {
        if (!starts.isEmpty()) {
            metrics.nodesStarted(starts.size());
        }
        count(Status.SUCCESS, succeeded);
        count(Status.FAILED, failed);
        count(Status.KILL, killed);
        count(Status.DEP_FAILED, notRun);
    }

    private void count(Status status, int nodes) {
        if (nodes > 0) {
            metrics.nodesEnded(status, nodes);
        }
    }

    /** The change is not stored, and nothing of this happens; but what has ended has ended, and what was to start never will. */
    void abandon() {
        replies.forEach(reply -> reply.complete(false));
        starts.forEach(JobAttempt::giveUp);
        starts.clear();
        for (; ends > 0; ends--) {
            runningJobs.ended();
        }
    }
}
