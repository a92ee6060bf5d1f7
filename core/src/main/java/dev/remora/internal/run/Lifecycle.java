package dev.remora.internal.run;

import dev.remora.model.Cause;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionState;
import java.util.Optional;

/** The state of an execution as a whole, and its clock. */
final class Lifecycle {
    private final int version;
    private final int round;
    private Status status;
    private Cause cause;
    private long startedAt;
    private long roundStartedAt;
    private long endedAt;
    private long pausedAt;
    private long deadlineAt;
    private Status beforePause = Status.INIT;
    private boolean changed;

    /** What it was when it was last stored, or null. */
    private ExecutionState stored;

    Lifecycle(ExecutionState state) {
        version = state.version();
        round = state.round();
        status = state.status();
        cause = state.cause().orElse(null);
        startedAt = state.startedAt();
        roundStartedAt = state.roundStartedAt();
        endedAt = state.endedAt();
        pausedAt = state.pausedAt();
        deadlineAt = state.deadlineAt();
    }

    /** Whether what stops a node for this cause stops its whole run. */
    static boolean endsRun(Cause cause) {
        return isKill(cause) || cause == Cause.EXECUTION_TIMEOUT;
    }

    static boolean isKill(Cause cause) {
        return cause == Cause.USER_KILL || cause == Cause.REPLACED || cause == Cause.BACKFILL_CANCELLED;
    }

    int round() {
        return round;
    }

    Status status() {
        return status;
    }

    /** What decided the end so far; null for nothing. */
    Cause cause() {
        return cause;
    }

    /** Whether a node of this round has started. */
    boolean hasStarted() {
        return roundStartedAt > 0;
    }

    /** When the time of the round is up; it stands still during a pause (F18). */
    long deadline() {
        return deadlineAt == 0 || status == Status.PAUSED || status.isFinal() ? Long.MAX_VALUE : deadlineAt;
    }

    boolean timeIsUp(long now) {
        return deadline() <= now;
    }

    void stopClock() {
        changed |= deadlineAt != 0;
        deadlineAt = 0;
    }

    /** The time of the round counts from now on. That is not yet a change to be stored. */
    void restartClock(long now, long timeoutMillis) {
        if (deadlineAt > 0) {
            deadlineAt = now + timeoutMillis;
        }
    }

    /** When the time of the round is up is to be stored. */
    void keepClock() {
        changed |= deadlineAt > 0;
    }

    long roundStartedAt() {
        return roundStartedAt;
    }

    /** Something happened that decides how the round ends; the first such thing counts. */
    void decide(Cause why) {
        if (cause == null) {
            cause = why;
            changed = true;
        }
    }

    /** A node starts. Returns whether it is the first of the round. */
    boolean begin(long now, long timeoutMillis, RunOutput out) {
        if (roundStartedAt > 0) {
            return false;
        }
        roundStartedAt = now;
        if (startedAt == 0) {
            startedAt = now;
        }
        if (timeoutMillis > 0) {
            deadlineAt = now + timeoutMillis;
        }
        become(Status.RUNNING, out);
        return true;
    }

    void pause(long now, RunOutput out) {
        pausedAt = now;
        beforePause = status;
        become(Status.PAUSED, out);
    }

    void resume(long now, RunOutput out) {
        if (deadlineAt > 0) {
            deadlineAt += now - pausedAt;
        }
        pausedAt = 0;
        become(roundStartedAt > 0 ? Status.RUNNING : beforePause, out);
    }

    void end(Status end, Cause why, long now, RunOutput out) {
        if (startedAt == 0 && end == Status.SUCCESS) {
            // why: a run whose every node is disabled takes no time, but took place (F39)
            startedAt = now;
            roundStartedAt = now;
        }
        endedAt = now;
        pausedAt = 0;
        deadlineAt = 0;
        cause = why;
        become(end, out);
    }

    void become(Status next, RunOutput out) {
        Status before = status;
        status = next;
        changed = true;
        out.executionChanged(before, next, cause);
    }

    boolean hasChanged() {
        return changed;
    }

    ExecutionState state() {
        return new ExecutionState(
                status,
                Optional.ofNullable(cause),
                version,
                round,
                startedAt,
                roundStartedAt,
                endedAt,
                pausedAt,
                deadlineAt);
    }

    ExecutionState takeState() {
        if (changed || stored == null) {
            stored = state();
        }
        changed = false;
        return stored;
    }
}
