package dev.remora.spi;

import dev.remora.model.Content;
import dev.remora.model.SavedWorkflow;
import dev.remora.model.Workflow;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The catalogue of definitions, each stored once by version. */
public interface WorkflowStore {
    /**
     * What a name stands for now.
     *
     * @param version the latest version
     * @param owner who saved the first version
     * @param zone that of the workflow's schedule; empty if it has no schedule, or one without a zone
     */
    record Current(int version, String owner, Optional<ZoneId> zone) {}

    /**
     * Saves the next version: 1 for a new name, else one more than the highest. The owner of a name is who saved its
     * first version. A deleted name comes back with its numbering going on.
     *
     * @param project the project
     * @param name the name
     * @param definition the definition
     * @param files its files, by path; their contents are referred to as long as the version is kept
     * @param user who saves
     * @param now when
     * @return the version saved
     * @throws dev.remora.error.AlreadyExistsException if the name belongs to an unsaved workflow
     * @throws dev.remora.error.ContentMissingException if the content of a file is not stored
     */
    SavedWorkflow save(
            String project, String name, Workflow definition, Map<String, Content> files, String user, Instant now);

    /**
     * Saves the next version, without files.
     *
     * @param project the project
     * @param name the name
     * @param definition the definition
     * @param user who saves
     * @param now when
     * @return the version saved
     * @throws dev.remora.error.AlreadyExistsException if the name belongs to an unsaved workflow
     */
    default SavedWorkflow save(String project, String name, Workflow definition, String user, Instant now) {
        return save(project, name, definition, Map.of(), user, now);
    }

    /**
     * Finds the latest version of a name that is neither deleted nor that of an unsaved workflow.
     *
     * @param project the project
     * @param name the name
     * @return the version; empty if there is none
     */
    Optional<SavedWorkflow> latest(String project, String name);

    /**
     * Finds out what a name stands for that is neither deleted nor that of an unsaved workflow. Asked with every request for
     * a run, so it should cost less than to read the definition.
     *
     * @param project the project
     * @param name the name
     * @return what it stands for; empty if there is no such name
     */
    Optional<Current> current(String project, String name);

    /**
     * Finds a version, also of a deleted or unsaved workflow: executions keep the definition they started with.
     *
     * @param project the project
     * @param name the name
     * @param version the version
     * @return the version; empty if there is none
     */
    Optional<SavedWorkflow> version(String project, String name, int version);

    /**
     * Lists the latest versions of a project's names that are neither deleted nor unsaved, by name.
     *
     * @param project the project
     * @param from how many to leave out at the front
     * @param size how many to return at the most
     * @return the versions, in the order of their names' UTF-16 code units
     */
    List<SavedWorkflow> list(String project, long from, int size);

    /**
     * Deletes a name from the catalogue. Versions stay as long as executions refer to the name; then they go, with
     * their references to files.
     *
     * @param project the project
     * @param name the name
     * @return whether there was such a name
     */
    boolean delete(String project, String name);
}
