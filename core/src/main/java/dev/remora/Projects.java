package dev.remora;

import dev.remora.model.AccessRight;
import dev.remora.model.Grant;
import dev.remora.model.Project;
import java.util.List;
import java.util.Optional;

/**
 * The projects, their owners, and who else may do what in them. Safe for use by several threads.
 *
 * <p>With {@link dev.remora.spi.AccessPolicy#grants()} nobody may do anything in a project that was not created here. With
 * {@link dev.remora.spi.AccessPolicy#everything()}, the default, a project needs no creation, and what is kept here has no
 * effect until the policy changes.
 *
 * <p>Every call may throw {@link dev.remora.error.StorageException}.
 */
public interface Projects {
    /** The longest name of a user that can be granted something, in characters. */
    int LONGEST_USER = 200;

    /**
     * Creates a project; the caller owns it. Returns the project as it is if the caller owns it already.
     *
     * @param project the name, {@code [A-Za-z]\w{1,63}}
     * @return the project
     * @throws dev.remora.error.ValidationException if the name is wrong
     * @throws dev.remora.error.ProjectExistsException if somebody else owns it; or if there are workflows, resources,
     *     schedules, backfills or executions of that name, and the caller may not do everything with them anyway
     */
    Project create(String project);

    /**
     * Finds a project.
     *
     * @param project the name
     * @return the project; empty if there is none that the caller may read
     */
    Optional<Project> find(String project);

    /**
     * Lists the projects that the caller may read.
     *
     * @param from how many to leave out at the front, at least 0
     * @param size how many to return at the most, 1 to 1000
     * @return the projects, by name
     * @throws dev.remora.error.ValidationException if a bound is broken
     */
    List<Project> list(long from, int size);

    /**
     * Lets a user do something in a project, in place of what that user was granted before.
     *
     * @param project the project
     * @param user the user, not blank, at most {@link #LONGEST_USER} characters
     * @param right what the user may do; not {@link AccessRight#OWN}
     * @throws dev.remora.error.ValidationException if the user or the right is wrong, or the user owns the project
     * @throws dev.remora.error.NotFoundException if there is no such project
     */
    void grant(String project, String user, AccessRight right);

    /**
     * Takes back what a user was granted. Does nothing if that is nothing. Whoever is following a log goes on to its end.
     *
     * @param project the project
     * @param user the user
     * @throws dev.remora.error.NotFoundException if there is no such project
     */
    void revoke(String project, String user);

    /**
     * Lists what was granted to others than the owner.
     *
     * @param project the project
     * @param from how many to leave out at the front, at least 0
     * @param size how many to return at the most, 1 to 1000
     * @return the grants, in an order that stays while they do
     * @throws dev.remora.error.ValidationException if a bound is broken
     * @throws dev.remora.error.NotFoundException if there is no such project
     */
    List<Grant> grants(String project, long from, int size);

    /**
     * Gives a project another owner. The one before keeps no right in it.
     *
     * @param project the project
     * @param user the owner from now on, not blank, at most {@link #LONGEST_USER} characters
     * @throws dev.remora.error.ValidationException if the user is wrong
     * @throws dev.remora.error.NotFoundException if there is no such project
     */
    void transfer(String project, String user);
}
