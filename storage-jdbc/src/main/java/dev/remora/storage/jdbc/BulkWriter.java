package dev.remora.storage.jdbc;

import dev.remora.spi.ExecutionChange;
import dev.remora.spi.ExecutionState;
import java.sql.SQLException;
import java.util.List;

/** Writes many rows with few statements, in the way that suits a database. Has no state. */
interface BulkWriter {
    /** The most changes that {@link #update} and {@link #change} take. */
    int mostChanges();

    /** The most rows that {@link #upsert} and {@link #insert} take. */
    int mostNodes();

    /**
     * Stores the states of executions, as far as they have a certain owner.
     *
     * @return how many have it; if these are not all, the transaction must be rolled back
     */
    int update(Session session, long owner, List<ExecutionChange> changes) throws SQLException;

    /** Stores the states and the owners of executions whose rows this transaction has locked. */
    void change(Session session, List<OwnedState> changes) throws SQLException;

    /**
     * A state and an owner that an execution gets.
     *
     * @param execId the execution
     * @param state its state
     * @param owner its owner
     */
    record OwnedState(long execId, ExecutionState state, long owner) {}

    /** Inserts rows. */
    <R> void insert(Session session, Insertion<R> insertion, List<R> rows) throws SQLException;

    /**
     * Inserts rows to which the database gives numbers.
     *
     * @param key the column of the numbers
     * @return the numbers, in the order of the rows, ascending
     */
    <R> List<Long> insertNumbered(Session session, Insertion<R> insertion, String key, List<R> rows)
            throws SQLException;

    /** Stores nodes, new or known. */
    void upsert(Session session, List<NodeRow> nodes) throws SQLException;
}
