package dev.remora.internal.schedule;

import dev.remora.error.RemoraException;
import dev.remora.error.StorageException;
import dev.remora.event.ExecutionEvent;
import dev.remora.model.Cause;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.HeldChange;
import dev.remora.spi.Lease;
import dev.remora.spi.NewExecution;
import dev.remora.spi.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How executions that are held get on, and what happens when a change of one is stored. */
final class HeldRuns {
    /** How long a run waits that has neither a limit for that nor a timeout. */
    static final Duration LONGEST_WAIT = Duration.ofDays(365);

    static final Status[] UNFINISHED = {
        Status.INIT, Status.WAITING_DEP, Status.WAITING_RES, Status.RUNNING, Status.PAUSED
    };

    /** Held executions and what they become. */
    record Planned(ExecutionRecord before, ExecutionState after) {}

    private static final Logger LOG = LoggerFactory.getLogger(HeldRuns.class);

    private final Host host;
    private final Consumer<Submission> ends;
    private final Consumer<ExecutionRecord> waits;

    /**
     * @param ends hears of runs that ended unstarted
     * @param waits hears of runs that wait for other workflows from now on
     */
    HeldRuns(Host host, Consumer<Submission> ends, Consumer<ExecutionRecord> waits) {
        this.host = host;
        this.ends = ends;
        this.waits = waits;
    }

    /** The state that a run has when it has its turn: free to start, or waiting for other workflows. */
    ExecutionState turned(Submission submission, ExecutionState before) {
        if (submission.occasion().waits().isEmpty()) {
            return before.released();
        }
        Duration limit = submission.occasion().waitTimeout().orElse(LONGEST_WAIT);
        return before.held(Status.WAITING_DEP, 0, host.now() + limit.toMillis());
    }

    /** What a run becomes that has its turn; one whose parameters do not fit its schedule time fails (P17). */
    Planned turn(ExecutionRecord record) {
        try {
            host.check(record);
            return new Planned(record, turned(record.submission(), record.state()));
        } catch (StorageException away) {
            throw away;
        } catch (RemoraException unfit) {
            LOG.warn(
                    "execution {} of {} for {} cannot be made: {}",
                    record.execId(),
                    record.submission().workflow(),
                    record.submission().scheduleTime(),
                    unfit.getMessage());
            return end(record, Status.FAILED, Cause.BAD_PARAMETER);
        }
    }

    Planned release(ExecutionRecord record) {
        return new Planned(record, record.state().released());
    }

    Planned end(ExecutionRecord record, Status status, Cause cause) {
        return new Planned(record, record.state().ended(status, cause, host.now()));
    }

    Planned pause(ExecutionRecord record) {
        return new Planned(
                record,
                record.state().held(Status.PAUSED, host.now(), record.state().deadlineAt()));
    }

    /** A wait's time stood still (F24). */
    Planned resume(ExecutionRecord record) {
        ExecutionState state = record.state();
        ExecutionState after = waitsForTurn(state)
                ? state.held(Status.INIT, 0, 0)
                : state.held(Status.WAITING_DEP, 0, state.deadlineAt() + host.now() - state.pausedAt());
        return new Planned(record, after);
    }

    /** Whether it has not had its turn yet, paused or not. */
    static boolean waitsForTurn(ExecutionState state) {
        return state.held() && state.status() != Status.WAITING_DEP && state.deadlineAt() == 0;
    }

    List<HeldChange> changes(List<Planned> planned) {
        return planned.stream()
                .map(one -> new HeldChange(
                        one.before().execId(),
                        one.before().state(),
                        one.after(),
                        host.notice(one.before().submission(), one.after())))
                .toList();
    }

    /** Stores one change, and lets happen what follows. Returns whether it was still as it was read. */
    boolean apply(Planned planned, Runnable follows) {
        return host.adopting(() -> {
            Lease lease = host.lease();
            boolean changed = host.storage().executions().changeHeld(lease, changes(List.of(planned)));
            if (changed) {
                happened(lease, List.of(planned));
                follows.run();
            }
            return changed;
        });
    }

    /** What follows when changes are stored: runs begin, ends are told. */
    void happened(Lease lease, List<Planned> planned) {
        for (Planned one : planned) {
            long execId = one.before().execId();
            tell(one);
            if (one.after().status().isFinal()) {
                host.ended(one.after().status());
                ends.accept(one.before().submission());
            } else if (one.after().status() == Status.WAITING_DEP) {
                waits.accept(new ExecutionRecord(execId, one.before().submission(), one.after()));
            } else if (!one.after().held()) {
                host.begin(execId, lease, one.before().submission(), one.after());
            }
        }
    }

    /** What follows when an execution is stored. */
    void created(long execId, Lease lease, NewExecution one) {
        Submission submission = one.submission();
        host.submitted(new ExecutionEvent.Submitted(
                execId, submission.submitTime(), submission.project(), submission.workflow()));
        ExecutionState state = one.state();
        if (state.status() != Status.INIT) {
            tell(new Planned(
                    new ExecutionRecord(execId, submission, ExecutionState.accepted(submission.version())), state));
        }
        if (state.status().isFinal()) {
            host.ended(state.status());
            ends.accept(submission);
        } else if (state.status() == Status.WAITING_DEP) {
            waits.accept(new ExecutionRecord(execId, submission, state));
        } else if (!state.held()) {
            host.begin(execId, lease, submission, state);
        }
    }

    private void tell(Planned one) {
        Status from = one.before().state().status();
        Status to = one.after().status();
        if (host.hasListeners() && from != to) {
            Submission submission = one.before().submission();
            Optional<Cause> cause = one.after().cause();
            host.tell(new ExecutionEvent.ExecutionChanged(
                    one.before().execId(),
                    Instant.ofEpochMilli(host.now()),
                    submission.project(),
                    submission.workflow(),
                    from,
                    to,
                    cause));
        }
    }
}
