package dev.remora.spi;

import dev.remora.model.AccessRight;
import java.util.Optional;

/**
 * Says who may do what. It is asked on behalf of each session before each operation, on the thread of the caller; what it
 * throws reaches the caller. It must be safe for use by several threads, and all engines that share a storage should have
 * the same.
 *
 * <p>It is not asked for what an engine does by itself: a schedule fires, and a backfill goes on, whatever becomes of the
 * rights of those who have saved or started it.
 */
public interface AccessPolicy {
    /**
     * Finds what a user may do in a project.
     *
     * @param user the user
     * @param project the project, which need not exist
     * @param projects the projects of the engine's storage, with their grants
     * @return the highest right; empty if there is none. Who has none cannot find out whether the project exists.
     */
    Optional<AccessRight> right(String user, String project, ProjectStore projects);

    /**
     * Says in which projects a user may read, for lists that are not about one project.
     *
     * @param user the user
     * @param projects the projects of the engine's storage, with their grants
     * @return exactly the projects for which {@link #right} finds one
     */
    ProjectScope readable(String user, ProjectStore projects);

    /**
     * Returns the policy that allows everything to everybody. It is the default, and costs nothing.
     *
     * @return the same each time
     */
    static AccessPolicy everything() {
        return EverythingAllowed.POLICY;
    }

    /**
     * Returns the policy that keeps to the owners and grants in the storage ({@link dev.remora.Projects}). A change holds for
     * every operation that begins after it, in all engines.
     *
     * @return the same each time
     */
    static AccessPolicy grants() {
        return StoredGrants.POLICY;
    }
}
