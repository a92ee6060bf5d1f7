package dev.remora.spi;

import dev.remora.model.ExecutionFilter;
import dev.remora.model.SavedWorkflow;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The executions, their nodes, who owns them, and the commands that wait for their owners.
 *
 * <p>An execution that is not final has at most one owner, a {@link Lease}. Only the owner commits changes.
 *
 * <p>One that cannot be read whole is found and listed all the same, see {@link ExecutionRecord#damage}; a command that
 * cannot be read is passed over, and told of.
 */
public interface ExecutionStore {
    /** How many definitions {@link #claim(Lease, int, Set)} passes over at the most. */
    int MOST_PASSED_OVER = 1000;

    /**
     * The answer to a submission.
     *
     * @param execId the execution that was created, or that the idempotency key already stands for
     * @param created whether it was created by this call
     * @param owned whether the caller's lease owns it, so that its engine begins with it at once; false if it is a part
     *     of a transaction that is not committed yet
     */
    record Accepted(long execId, boolean created, boolean owned) {
        /**
         * Creates an answer.
         *
         * @throws IllegalArgumentException if it is owned without having been created
         */
        public Accepted {
            if (owned && !created) {
                throw new IllegalArgumentException("execution " + execId + " was not created, so it is not owned");
            }
        }

        /**
         * Returns the answer to a submission that is stored, owned by the engine that took it.
         *
         * @param execId the new execution
         * @return the answer
         */
        public static Accepted begun(long execId) {
            return new Accepted(execId, true, true);
        }

        /**
         * Returns the answer to a submission that is a part of the caller's own transaction.
         *
         * @param execId the new execution
         * @return the answer
         */
        public static Accepted uncommitted(long execId) {
            return new Accepted(execId, true, false);
        }

        /**
         * Returns the answer to a submission whose idempotency key is known.
         *
         * @param execId the execution that it stands for
         * @return the answer
         */
        public static Accepted existing(long execId) {
            return new Accepted(execId, false, false);
        }
    }

    /**
     * Stores a new execution, state {@link ExecutionState#accepted}, owned by the engine that took it. If its
     * idempotency key exists in its project, nothing is stored and that execution's id is returned.
     *
     * <p>A storage may let submissions be a part of a transaction of its own caller, bound to the thread of that caller
     * in a way of its own. Then, on that thread, until it is unbound:
     *
     * <ul>
     *   <li>this call and {@link #createUnsaved} write within that transaction and do not commit; the lease is not looked
     *       at, as that would hold it up for as long as the transaction takes; the execution has no owner, and the answer
     *       is {@link Accepted#uncommitted};
     *   <li>all calls that read see what the transaction has written, as far as this thread makes them;
     *   <li>contents of files are stored apart, and committed at once: nothing refers to them if the caller rolls back;
     *   <li>every other call that writes is refused with a {@link dev.remora.error.StorageException} that is not
     *       transient.
     * </ul>
     *
     * <p>After the caller's commit the execution is one that nobody owns, to be found by {@link #claim(Lease, int, Set)}.
     *
     * @param owner the engine's lease
     * @param submission what to run
     * @return the id, higher than every id returned before this call began
     * @throws dev.remora.error.NotFoundException if the version of the workflow is not stored, or not any more; then
     *     nothing is stored. A version that is stored stays from then on, as this execution refers to it.
     * @throws dev.remora.error.LeaseLostException if the lease does not stand
     * @throws dev.remora.error.LimitExceededException if the storage is bounded and full
     */
    Accepted create(Lease owner, Submission submission);

    /**
     * Changes executions that are held, all of them or none.
     *
     * @param owner the engine's lease; it owns those that may start from now on
     * @param changes at most one for each execution
     * @return whether all were as expected, and are changed
     * @throws dev.remora.error.LeaseLostException if the lease does not stand
     */
    boolean changeHeld(Lease owner, List<HeldChange> changes);

    /**
     * Finds scheduled and backfilled executions of one workflow.
     *
     * @param filter which
     * @return the executions, in the order of the filter
     */
    List<ExecutionRecord> timed(TimedFilter filter);

    /**
     * Stores a new execution together with the definition of an unsaved workflow, as version 1 of its name. The
     * submission's version must be 1.
     *
     * @param owner the engine's lease
     * @param submission what to run
     * @param unsaved the definition, with {@code unsaved} set
     * @return the id
     * @throws dev.remora.error.AlreadyExistsException if the name exists in the project, in whatever way, and no
     *     idempotency key says that this is the same request
     * @throws dev.remora.error.ContentMissingException if the content of one of its files is not stored
     * @throws dev.remora.error.LeaseLostException if the lease does not stand
     * @throws dev.remora.error.LimitExceededException if the storage is bounded and full
     */
    Accepted createUnsaved(Lease owner, Submission submission, SavedWorkflow unsaved);

    /**
     * Stores what executions changed, all in one transaction.
     *
     * @param owner the lease of the engine that owns all of them
     * @param changes at most one for each execution
     * @throws dev.remora.error.LeaseLostException if the lease does not stand, or it does not own one of them; then
     *     nothing is stored
     */
    void commit(Lease owner, List<ExecutionChange> changes);

    /**
     * Finds an execution.
     *
     * @param execId its id
     * @return what is stored; empty if there is none
     */
    Optional<ExecutionRecord> find(long execId);

    /**
     * Finds the execution that an idempotency key stands for.
     *
     * @param project the project
     * @param key the key
     * @return what is stored; empty if there is none
     */
    Optional<ExecutionRecord> findByKey(String project, String key);

    /**
     * Finds the nodes of an execution that have left their initial state.
     *
     * @param execId its id
     * @return the rows, in no certain order; empty if there are none
     */
    List<NodeState> nodes(long execId);

    /**
     * Lists executions: by start time, or submission time where there is none, descending; ties by id descending; that is
     * the order of {@link ExecutionRecord#place()}.
     *
     * @param filter which
     * @param scope of which projects; the total counts no others
     * @return the page
     */
    StoredPage list(ExecutionFilter filter, ProjectScope scope);

    /**
     * Lists executions of whatever projects.
     *
     * @param filter which
     * @return the page
     */
    default StoredPage list(ExecutionFilter filter) {
        return list(filter, ProjectScope.everything());
    }

    /**
     * A page of a list.
     *
     * @param total how many the filter matches
     * @param executions those of the page
     */
    record StoredPage(long total, List<ExecutionRecord> executions) {
        /** Creates a page. */
        public StoredPage {
            executions = List.copyOf(executions);
        }
    }

    /**
     * Makes an engine the owner of executions that are neither final nor held and that no standing lease owns: never owned, released,
     * or left by an engine whose lease is over. The lease that such an execution is taken from is lost for good.
     *
     * @param owner the claiming engine's lease
     * @param limit how many at the most
     * @param passedOver definitions that this engine cannot run, at most {@link #MOST_PASSED_OVER}: executions whose
     *     current round uses one of them are left for others, and do not count against the limit
     * @return those claimed, the oldest first
     * @throws dev.remora.error.LeaseLostException if the lease does not stand
     */
    List<Long> claim(Lease owner, int limit, Set<WorkflowVersion> passedOver);

    /**
     * Claims executions whatever their definitions are.
     *
     * @param owner the claiming engine's lease
     * @param limit how many at the most
     * @return those claimed, the oldest first
     * @throws dev.remora.error.LeaseLostException if the lease does not stand
     */
    default List<Long> claim(Lease owner, int limit) {
        return claim(owner, limit, Set.of());
    }

    /**
     * Makes an engine the owner of one final execution, so that it can open a new round.
     *
     * @param owner the claiming engine's lease
     * @param execId the execution
     * @return whether it is final and now owned by this lease
     * @throws dev.remora.error.LeaseLostException if the lease does not stand
     */
    boolean claimFinal(Lease owner, long execId);

    /**
     * Gives executions up, for other engines to claim. Those it does not own are passed over.
     *
     * @param owner the lease
     * @param execIds the executions
     */
    void release(Lease owner, Collection<Long> execIds);

    /**
     * Leaves a command for the owner of an execution. Does nothing if there is no such execution.
     *
     * @param execId the execution
     * @param command what is wanted
     */
    void send(long execId, Command command);

    /**
     * Finds commands for executions that a lease owns, the oldest first.
     *
     * @param owner the lease
     * @param limit how many at the most
     * @return the commands; they stay until {@link #done}
     */
    List<StoredCommand> commands(Lease owner, int limit);

    /**
     * Removes commands that have been carried out.
     *
     * @param ids their ids
     */
    void done(Collection<Long> ids);
}
