package dev.remora.storage.jdbc;

import dev.remora.spi.ExecutionChange;
import java.sql.SQLException;
import java.util.List;

/** Writes many rows with few statements, in the way that suits a database. Has no state. */
interface BulkWriter {
    /** The most changes that {@link #update} takes. */
    int mostChanges();

    /** The most rows that {@link #upsert} takes. */
    int mostNodes();

    /**
     * Stores the states of executions, as far as they have a certain owner.
     *
     * @return how many have it; if these are not all, the transaction must be rolled back
     */
    int update(Session session, long owner, List<ExecutionChange> changes) throws SQLException;

    /** Stores nodes, new or known. */
    void upsert(Session session, List<NodeRow> nodes) throws SQLException;
}
