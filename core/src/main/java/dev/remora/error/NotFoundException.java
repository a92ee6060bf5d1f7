package dev.remora.error;

/** What was asked for does not exist, or may not be seen. */
public final class NotFoundException extends RemoraException {
    private final String id;

    private NotFoundException(String id, String message) {
        super(message);
        this.id = id;
    }

    /**
     * Returns what was asked for.
     *
     * @return an execId, a jobId, or the names that lead to it, divided by slashes: {@code shop/nightly/3}
     */
    public String id() {
        return id;
    }

    /**
     * Says that there is no such execution.
     *
     * @param execId the id asked for
     * @return the exception
     */
    public static NotFoundException execution(long execId) {
        return new NotFoundException(
                Long.toString(execId), "no execution " + execId + "; it never existed or was purged");
    }

    /**
     * Says that an execution has no such node.
     *
     * @param execId the execution
     * @param node the name asked for
     * @return the exception
     */
    public static NotFoundException node(long execId, String node) {
        return new NotFoundException(execId + "-" + node, "execution " + execId + " has no node " + node);
    }

    /**
     * Says that there is no such workflow.
     *
     * @param project the project asked for
     * @param workflow the workflow asked for
     * @return the exception
     */
    public static NotFoundException workflow(String project, String workflow) {
        return new NotFoundException(
                project + "/" + workflow, "no workflow " + workflow + " in project " + project + "; save it first");
    }

    /**
     * Says that there is no such version of a workflow.
     *
     * @param project the project asked for
     * @param workflow the workflow asked for
     * @param version the version asked for
     * @return the exception
     */
    public static NotFoundException version(String project, String workflow, int version) {
        return new NotFoundException(
                project + "/" + workflow + "/" + version,
                "no version " + version + " of workflow " + workflow + " in project " + project);
    }

    /**
     * Says that there is no such resource.
     *
     * @param project the project asked for
     * @param path the resource asked for
     * @return the exception
     */
    public static NotFoundException resource(String project, String path) {
        return new NotFoundException(
                project + "/" + path, "no resource " + path + " in project " + project + "; save it first");
    }

    /**
     * Says that a workflow has no schedule.
     *
     * @param project the project asked for
     * @param workflow the workflow asked for
     * @return the exception
     */
    public static NotFoundException schedule(String project, String workflow) {
        return new NotFoundException(
                project + "/" + workflow, "workflow " + workflow + " in project " + project + " has no schedule");
    }

    /**
     * Says that there is no such backfill.
     *
     * @param id the id asked for
     * @return the exception
     */
    public static NotFoundException backfill(long id) {
        return new NotFoundException(Long.toString(id), "no backfill " + id + "; it never existed or was purged");
    }

    /**
     * Says that there is no such project.
     *
     * @param project the project asked for
     * @return the exception
     */
    public static NotFoundException project(String project) {
        return new NotFoundException(project, "no project " + project + "; create it first");
    }

    /**
     * Says that there is no such job.
     *
     * @param jobId the id asked for
     * @return the exception
     */
    public static NotFoundException job(String jobId) {
        return new NotFoundException(
                jobId, "no job " + jobId + "; the jobIds of an execution are listed with its nodes");
    }
}
