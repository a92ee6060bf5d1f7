package dev.remora.storage.jdbc;

import dev.remora.model.SavedWorkflow;
import dev.remora.spi.Submission;
import java.sql.SQLException;

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
     * Removes the versions of a name, with their references to files, if the name is deleted or that of an unsaved
     * workflow, and no execution refers to it. Called after the last execution may have gone.
     */
    void removeUnreferenced(Session session, String project, String workflow) throws SQLException;
}
