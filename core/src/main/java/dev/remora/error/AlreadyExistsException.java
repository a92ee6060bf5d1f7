package dev.remora.error;

/** A name is taken. Nothing was changed. */
public final class AlreadyExistsException extends RemoraException {
    private final String project;
    private final String workflow;

    /**
     * Creates an exception.
     *
     * @param project the project
     * @param workflow the name that is taken
     * @param hint what to do
     */
    public AlreadyExistsException(String project, String workflow, String hint) {
        super("workflow " + workflow + " already exists in project " + project + "; " + hint);
        this.project = project;
        this.workflow = workflow;
    }

    /**
     * Returns the project.
     *
     * @return its name
     */
    public String project() {
        return project;
    }

    /**
     * Returns the workflow whose name is taken.
     *
     * @return its name
     */
    public String workflow() {
        return workflow;
    }
}
