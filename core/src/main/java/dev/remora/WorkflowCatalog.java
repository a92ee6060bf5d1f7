package dev.remora;

import dev.remora.model.SavedWorkflow;
import dev.remora.model.Workflow;
import dev.remora.model.WorkflowZip;
import java.util.List;
import java.util.Optional;

/**
 * The saved workflows, by project and name, in versions. Safe for use by several threads. Every call may throw
 * {@link dev.remora.error.StorageException}.
 */
public interface WorkflowCatalog {
    /**
     * Saves a definition: version 1 of a new name, else the next version. Executions keep the version they started
     * with.
     *
     * @param project the project, {@code [A-Za-z]\w{1,63}}
     * @param name the name, {@code [A-Za-z]\w{1,63}}
     * @param definition the definition
     * @return the version saved
     * @throws dev.remora.error.ValidationException if a name, a job type, a pool or a parameter is wrong
     * @throws dev.remora.error.AlreadyExistsException if the name is taken by the run of an unsaved workflow
     */
    SavedWorkflow save(String project, String name, Workflow definition);

    /**
     * Saves a definition together with files for its nodes: as {@link #save}, from a zip archive.
     *
     * @param project the project, {@code [A-Za-z]\w{1,63}}
     * @param name the name, {@code [A-Za-z]\w{1,63}}
     * @param zip the archive
     * @return the version saved
     * @throws dev.remora.error.ValidationException if the archive cannot be read or is refused, or whatever
     *     {@link #save} refuses
     * @throws dev.remora.error.LimitExceededException if the archive exceeds a limit
     * @throws dev.remora.error.AlreadyExistsException if the name is taken by the run of an unsaved workflow
     */
    SavedWorkflow saveZip(String project, String name, WorkflowZip zip);

    /**
     * Finds the latest version.
     *
     * @param project the project
     * @param name the name
     * @return the version; empty if there is none
     */
    Optional<SavedWorkflow> find(String project, String name);

    /**
     * Finds a version, also of a deleted workflow that executions still refer to.
     *
     * @param project the project
     * @param name the name
     * @param version the version
     * @return the version; empty if there is none
     */
    Optional<SavedWorkflow> find(String project, String name, int version);

    /**
     * Lists the latest versions of a project's workflows, by name.
     *
     * @param project the project
     * @param from how many to leave out at the front, at least 0
     * @param size how many at the most, 1 to 1000
     * @return the versions
     * @throws dev.remora.error.ValidationException if a bound is broken
     */
    List<SavedWorkflow> list(String project, long from, int size);

    /**
     * Deletes a workflow. Its executions keep their definition; a later save goes on with the numbering.
     *
     * @param project the project
     * @param name the name
     * @throws dev.remora.error.NotFoundException if there is no such workflow
     */
    void delete(String project, String name);
}
