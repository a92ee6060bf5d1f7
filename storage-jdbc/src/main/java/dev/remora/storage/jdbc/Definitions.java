package dev.remora.storage.jdbc;

import dev.remora.model.SavedWorkflow;
import dev.remora.spi.Submission;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the executions need of the catalogue, within a transaction. */
interface Definitions {
    /**
     * Tells whether the version that a submission refers to is stored. It then stays at least until the transaction ends,
     * unless that is one of the caller's, which may take long.
     */
    boolean holds(Session session, Submission submission) throws SQLException;

    /**
     * Stores the definition of an unsaved workflow as version 1 of its name. The transaction can go on after an
     * {@code AlreadyExistsException}.
     *
     * @throws dev.remora.error.AlreadyExistsException if the name exists, in whatever way
     * @throws dev.remora.error.ContentMissingException if the content of one of its files is not stored
     */
    void saveUnsaved(Session session, SavedWorkflow unsaved) throws SQLException;

    /**
     * Finds those of some names that are deleted or those of unsaved workflows, and keeps others from finding them here
     * until the end of the transaction.
     */
    List<String> lockLoose(Session session, String project, Collection<String> names) throws SQLException;

    /** Finds those of some names that are deleted or those of unsaved workflows, with how many executions each has. */
    Map<String, Long> looseExecutions(Session session, String project, Collection<String> names) throws SQLException;

    /**
     * Removes the versions of those names to which no execution refers, with their references to files; of unsaved workflows
     * the names as well. Called after the last execution may have gone.
     *
     * @param loose names that {@link #lockLoose} has found
     * @return those that went
     */
    Set<String> removeUnreferenced(Session session, String project, Collection<String> loose) throws SQLException;
}
