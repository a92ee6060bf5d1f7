package dev.remora.error;

/** The name of a project is taken. Nothing was changed. */
public final class ProjectExistsException extends RemoraException {
    private final String project;

    /**
     * Creates an exception.
     *
     * @param project the name that is taken
     */
    public ProjectExistsException(String project) {
        super("the name of project " + project + " is taken; take another name, or ask its owner for a grant");
        this.project = project;
    }

    /**
     * Returns the project.
     *
     * @return its name
     */
    public String project() {
        return project;
    }
}
