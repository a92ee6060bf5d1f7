package dev.remora.spi;

import dev.remora.model.AccessRight;
import java.util.Optional;

/** The owners and grants in the storage decide. */
final class StoredGrants implements AccessPolicy {
    static final AccessPolicy POLICY = new StoredGrants();

    private StoredGrants() {}

    @Override
    public Optional<AccessRight> right(String user, String project, ProjectStore projects) {
        return projects.right(project, user);
    }

    @Override
    public ProjectScope readable(String user, ProjectStore projects) {
        return ProjectScope.grantedTo(user);
    }
}
