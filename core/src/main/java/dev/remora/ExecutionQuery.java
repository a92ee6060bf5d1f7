package dev.remora;

import dev.remora.model.Execution;
import dev.remora.model.ExecutionDetail;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.ExecutionPage;
import java.time.Duration;
import java.util.Optional;

/**
 * Answers what became of runs, from what is stored: nothing is shown that a crash could take back. What the user of the
 * session may not read is not there, nor counted. Safe for use by several threads. Every call may throw {@link dev.remora.error.StorageException}.
 */
public interface ExecutionQuery {
    /**
     * Finds one execution with all its nodes.
     *
     * @param execId its id
     * @return the execution; empty if there is none
     */
    Optional<ExecutionDetail> find(long execId);

    /**
     * Lists executions, without their nodes.
     *
     * @param filter which
     * @return the page
     */
    ExecutionPage list(ExecutionFilter filter);

    /**
     * Waits for an execution to become final; a paused one is not. If a rerun opens a new round meanwhile, the round
     * that ends next counts. Does not poll while the execution runs in this engine.
     *
     * @param execId its id
     * @param timeout how long at the most
     * @return the final execution; empty if the time was up
     * @throws dev.remora.error.NotFoundException if there is no such execution, or it is purged meanwhile
     * @throws InterruptedException if the calling thread is interrupted
     */
    Optional<Execution> await(long execId, Duration timeout) throws InterruptedException;
}
