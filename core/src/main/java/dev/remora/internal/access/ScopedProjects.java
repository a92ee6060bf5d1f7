package dev.remora.internal.access;

import dev.remora.Projects;
import dev.remora.model.Project;
import dev.remora.spi.ProjectScope;
import java.util.List;

/** What a gate needs of the projects beside what users do. */
public interface ScopedProjects extends Projects {
    List<Project> list(ProjectScope scope, long from, int size);

    /** Gives a project another owner, if it is still as it was when the caller looked. */
    void transfer(Project before, String user);
}
