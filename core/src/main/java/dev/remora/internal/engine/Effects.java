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

    // why: there is one of this for each step, and most of them want next to nothing
    private List<JobAttempt> starts = List.of();
    private List<JobAttempt> stops = List.of();
    private List<JobAttempt> overs = List.of();
    private List<ExecutionEvent> events = List.of();
    private List<Runnable> others = List.of();
    private List<CompletableFuture<Boolean>> replies = List.of();
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
        starts = with(starts, attempt);
    }

    void stop(JobAttempt attempt) {
        stops = with(stops, attempt);
    }

    /** The attempt has ended: what it left behind may go. */
    void over(JobAttempt attempt) {
        overs = with(overs, attempt);
        ends++;
    }

    void tell(ExecutionEvent event) {
        events = with(events, event);
    }

    void then(Runnable other) {
        others = with(others, other);
    }

    private static <T> List<T> with(List<T> before, T next) {
        List<T> more = before.isEmpty() ? new ArrayList<>(2) : before;
        more.add(next);
        return more;
    }

    /** Somebody waits to hear whether this is stored: true when it is, false if it is not going to be. */
    void reply(CompletableFuture<Boolean> reply) {
        replies = with(replies, reply);
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
        stops = List.of();
    }

    void happen(Listeners listeners) {
        try {
            stop();
            count();
            starts.forEach(JobAttempt::launch);
            starts = List.of();
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
        starts = List.of();
        for (; ends > 0; ends--) {
            runningJobs.ended();
        }
    }
}
