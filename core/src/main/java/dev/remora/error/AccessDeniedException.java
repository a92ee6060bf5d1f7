package dev.remora.error;

import dev.remora.model.Operation;

/**
 * A user may not do something in a project, whether there is such a project or not. Nothing was changed. What a user may not
 * even see is a {@link NotFoundException}, as if it did not exist.
 */
public final class AccessDeniedException extends RemoraException {
    private final String user;
    private final Operation operation;
    private final String project;

    /**
     * Creates an exception.
     *
     * @param user who may not
     * @param operation do what
     * @param project in which project
     */
    public AccessDeniedException(String user, Operation operation, String project) {
        super("user " + user + " may not " + operation.words() + " in project " + project);
        this.user = user;
        this.operation = operation;
        this.project = project;
    }

    /**
     * Returns the user.
     *
     * @return the user's name
     */
    public String user() {
        return user;
    }

    /**
     * Returns what was refused.
     *
     * @return the operation
     */
    public Operation operation() {
        return operation;
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
