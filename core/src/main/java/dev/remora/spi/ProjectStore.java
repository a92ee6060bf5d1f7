package dev.remora.spi;

import dev.remora.model.AccessRight;
import dev.remora.model.Grant;
import dev.remora.model.Project;
import java.util.List;
import java.util.Optional;

/** The projects that were created, their owners, and what the owners have granted. */
public interface ProjectStore {
    /**
     * Stores a project, unless there is one of its name.
     *
     * @param project the project
     * @return the project that is stored under this name from now on: this one, or the one that was there
     */
    Project create(Project project);

    /**
     * Finds a project.
     *
     * @param name the name
     * @return the project; empty if there is none
     */
    Optional<Project> find(String name);

    /**
     * Lists projects.
     *
     * @param scope which
     * @param from how many to leave out at the front
     * @param size how many at the most
     * @return the projects, by name in the order of UTF-16 code units
     */
    List<Project> list(ProjectScope scope, long from, int size);

    /**
     * Gives a project another owner. The one before keeps nothing, and a grant of the new one is gone.
     *
     * @param name the project
     * @param before its owner as the caller knows it
     * @param next its owner from now on
     * @return whether it was the one before who owned the project, and the next does now
     */
    boolean transfer(String name, String before, String next);

    /**
     * Stores a grant, in place of the one that the user may have.
     *
     * @param grant the grant
     * @return false if there is no such project, or the user owns it; then nothing is stored
     */
    boolean grant(Grant grant);

    /**
     * Removes the grant of a user. Does nothing if there is none; an owner stays the owner.
     *
     * @param project the project
     * @param user the user
     */
    void revoke(String project, String user);

    /**
     * Lists the grants of a project.
     *
     * @param project the project
     * @param from how many to leave out at the front
     * @param size how many at the most
     * @return the grants, in an order that stays while they do
     */
    List<Grant> grants(String project, long from, int size);

    /**
     * Finds what a user may do in a project.
     *
     * @param project the project
     * @param user the user
     * @return {@link AccessRight#OWN} of the owner, else the right granted; empty if there is none
     */
    Optional<AccessRight> right(String project, String user);
}
