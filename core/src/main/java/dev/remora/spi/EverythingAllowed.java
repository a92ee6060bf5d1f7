package dev.remora.spi;

import dev.remora.model.AccessRight;
import java.util.Optional;

/** Everybody may do everything. */
final class EverythingAllowed implements AccessPolicy {
    static final AccessPolicy POLICY = new EverythingAllowed();

    private EverythingAllowed() {}

    @Override
    public Optional<AccessRight> right(String user, String project, ProjectStore projects) {
        return Optional.of(AccessRight.OWN);
    }

    @Override
    public ProjectScope readable(String user, ProjectStore projects) {
        return ProjectScope.everything();
    }
}
