package dev.remora;

import dev.remora.model.DirectRunRequest;
import dev.remora.model.Plan;
import dev.remora.model.RerunRequest;
import dev.remora.model.RunRequest;

/**
 * Starts and steers runs. Safe for use by several threads.
 *
 * <p>What the user of the session may not do is refused with an {@link dev.remora.error.AccessDeniedException}; an execution
 * that the user may not even read is, as one that does not exist, a {@link dev.remora.error.NotFoundException}.
 *
 * <p>Every call returns when what it asks for is stored, not when it has happened. Every call may throw
 * {@link dev.remora.error.StorageException}, and {@link dev.remora.error.EngineClosedException} after the engine was
 * closed. After a transient one it is not known whether the call had its effect: a run that must not start twice should
 * have an idempotency key, with which the call can be repeated.
 */
public interface WorkflowExecutor {
    /**
     * Runs a saved workflow.
     *
     * @param request what to run
     * @return the id of the execution; that of the first one if the idempotency key was used before
     * @throws dev.remora.error.ValidationException if the request breaks rules
     * @throws dev.remora.error.NotFoundException if there is no such workflow or version
     * @throws dev.remora.error.IdempotencyConflictException if the key stands for a different request
     * @throws dev.remora.error.LimitExceededException if a size limit is exceeded
     */
    long run(RunRequest request);

    /**
     * Runs a workflow that is not saved, from a definition or a zip archive; with both, from the archive. Its name must
     * not exist in the project, and nodes of types that run for ever are refused.
     *
     * @param request what to run
     * @return the id of the execution; that of the first one if the idempotency key was used before
     * @throws dev.remora.error.ValidationException if the request breaks rules, or the archive is refused
     * @throws dev.remora.error.AlreadyExistsException if the name exists in the project
     * @throws dev.remora.error.IdempotencyConflictException if the key stands for a different request
     * @throws dev.remora.error.LimitExceededException if a size limit is exceeded
     */
    long runDirect(DirectRunRequest request);

    /**
     * Says what {@link #run} would run, and runs nothing.
     *
     * @param request what would be run
     * @return the plan
     * @throws dev.remora.error.RemoraException whatever {@link #run} would throw
     */
    Plan plan(RunRequest request);

    /**
     * Says what {@link #runDirect} would run, and runs nothing.
     *
     * @param request what would be run
     * @return the plan
     * @throws dev.remora.error.RemoraException whatever {@link #runDirect} would throw
     */
    Plan plan(DirectRunRequest request);

    /**
     * Kills an execution in whatever state: nothing new starts, not even clean-ups; what runs is asked to stop, and
     * forced after the engine's grace time. Does nothing to one that is final, or being killed already.
     *
     * @param execId the execution
     * @throws dev.remora.error.NotFoundException if there is no such execution
     */
    void kill(long execId);

    /**
     * Pauses an execution: what runs goes on, nothing new starts. Does nothing to one that is paused.
     *
     * @param execId the execution
     * @throws dev.remora.error.NotFoundException if there is no such execution
     * @throws dev.remora.error.ExecutionStateException if it is final
     */
    void pause(long execId);

    /**
     * Lets a paused execution go on. Does nothing to one that is not paused.
     *
     * @param execId the execution
     * @throws dev.remora.error.NotFoundException if there is no such execution
     * @throws dev.remora.error.ExecutionStateException if it is final
     */
    void resume(long execId);

    /**
     * Opens a new round of a finished execution.
     *
     * @param request what runs again
     * @throws dev.remora.error.NotFoundException if there is no such execution, or its workflow's latest version is
     *     wanted and gone
     * @throws dev.remora.error.ExecutionStateException if it is not final, or nothing of it failed and only that was
     *     asked for
     * @throws dev.remora.error.ValidationException if the node to start from is not part of the run, or the selection
     *     does not fit the latest definition
     */
    void rerun(RerunRequest request);
}
