package dev.remora.internal.schedule;

import dev.remora.error.RemoraException;
import dev.remora.event.ExecutionEvent;
import dev.remora.event.ScheduleEvent;
import dev.remora.model.Cause;
import dev.remora.model.Limit;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Status;
import dev.remora.spi.EngineClock;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionState;
import dev.remora.spi.Lease;
import dev.remora.spi.Storage;
import dev.remora.spi.Submission;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;

/** What schedules and backfills need of the engine that they are part of. */
public interface Host {
    Storage storage();

    Lease lease();

    /** The zone of what has none. */
    ZoneId zone();

    long limit(Limit limit);

    long now();

    EngineClock.Alarm at(long time, Runnable task);

    /** Does work soon, after what came before it, on one thread. */
    void later(Runnable work);

    /** Makes executions this engine's own and begins to act for them; in between they are not taken for strays. */
    <T> T adopting(Supplier<T> work);

    /** Starts a run that this engine has come to own. */
    void begin(long execId, Lease lease, Submission submission, ExecutionState state);

    /** Kills an execution that is not held, wherever it runs. */
    void kill(long execId, Cause cause);

    /**
     * Throws if a run cannot be made of a workflow.
     *
     * @throws RemoraException that says why
     */
    void check(SavedWorkflow workflow, Submission submission);

    /**
     * Throws if the selection or the parameters of a stored run do not fit its workflow.
     *
     * @throws RemoraException that says why
     */
    void check(ExecutionRecord run);

    /** The end that someone is to be notified of, if it is one. */
    Optional<ExecutionState> notice(Submission submission, ExecutionState state);

    /** An execution was stored that nobody may begin with as yet, or this engine alone. */
    void submitted(ExecutionEvent.Submitted event);

    /** The end of an execution that was held is stored, with its notice. */
    void ended(Status status);

    boolean hasListeners();

    void tell(ExecutionEvent event);

    void tell(ScheduleEvent event);
}
