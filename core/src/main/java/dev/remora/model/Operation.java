package dev.remora.model;

/** What users do, and the right in the project that each of it needs (rulings D10, F56). */
public enum Operation {
    /** {@link dev.remora.WorkflowExecutor#run}. */
    RUN(AccessRight.EXECUTE, "run a workflow"),
    /** {@link dev.remora.WorkflowExecutor#runDirect}. */
    RUN_DIRECT(AccessRight.EXECUTE, "run an unsaved workflow"),
    /** {@link dev.remora.WorkflowExecutor#plan(RunRequest)}, which tells all that a run would. */
    PLAN(AccessRight.EXECUTE, "plan a run"),
    /** {@link dev.remora.WorkflowExecutor#kill}. */
    KILL(AccessRight.EXECUTE, "kill an execution"),
    /** {@link dev.remora.WorkflowExecutor#pause}. */
    PAUSE(AccessRight.EXECUTE, "pause an execution"),
    /** {@link dev.remora.WorkflowExecutor#resume}. */
    RESUME(AccessRight.EXECUTE, "resume an execution"),
    /** {@link dev.remora.WorkflowExecutor#rerun}. */
    RERUN(AccessRight.EXECUTE, "rerun an execution"),
    /** {@link dev.remora.ExecutionQuery}. */
    QUERY(AccessRight.READ, "query executions"),
    /** {@link dev.remora.LogReader}. */
    READ_LOG(AccessRight.READ, "read a log"),
    /** {@link dev.remora.WorkflowCatalog#find(String, String)} and {@link dev.remora.WorkflowCatalog#list}. */
    READ_WORKFLOW(AccessRight.READ, "read a workflow"),
    /** {@link dev.remora.WorkflowCatalog#save} and {@link dev.remora.WorkflowCatalog#saveZip}. */
    SAVE_WORKFLOW(AccessRight.WRITE, "save a workflow"),
    /** {@link dev.remora.WorkflowCatalog#delete}. */
    DELETE_WORKFLOW(AccessRight.WRITE, "delete a workflow"),
    /** {@link dev.remora.ResourceCatalog#find}, {@link dev.remora.ResourceCatalog#get} and {@link dev.remora.ResourceCatalog#list}. */
    READ_RESOURCE(AccessRight.READ, "read a resource"),
    /** {@link dev.remora.ResourceCatalog#put}. */
    SAVE_RESOURCE(AccessRight.WRITE, "save a resource"),
    /** {@link dev.remora.ResourceCatalog#delete}. */
    DELETE_RESOURCE(AccessRight.WRITE, "delete a resource"),
    /** {@link dev.remora.Schedules#find}, {@link dev.remora.Schedules#list} and {@link dev.remora.Schedules#nextFireTimes}. */
    READ_SCHEDULE(AccessRight.READ, "read a schedule"),
    /** {@link dev.remora.Schedules#save}. */
    SAVE_SCHEDULE(AccessRight.WRITE, "save a schedule"),
    /** {@link dev.remora.Schedules#online} and {@link dev.remora.Schedules#offline}. */
    SWITCH_SCHEDULE(AccessRight.WRITE, "take a schedule online or offline"),
    /** {@link dev.remora.Schedules#delete}. */
    DELETE_SCHEDULE(AccessRight.WRITE, "delete a schedule"),
    /** {@link dev.remora.Backfills#find}, {@link dev.remora.Backfills#list} and {@link dev.remora.Backfills#progress}. */
    READ_BACKFILL(AccessRight.READ, "read a backfill"),
    /** {@link dev.remora.Backfills#start} and {@link dev.remora.Backfills#plan}. */
    START_BACKFILL(AccessRight.EXECUTE, "start a backfill"),
    /** {@link dev.remora.Backfills#pause}. */
    PAUSE_BACKFILL(AccessRight.EXECUTE, "pause a backfill"),
    /** {@link dev.remora.Backfills#resume}. */
    RESUME_BACKFILL(AccessRight.EXECUTE, "resume a backfill"),
    /** {@link dev.remora.Backfills#cancel}. */
    CANCEL_BACKFILL(AccessRight.EXECUTE, "cancel a backfill"),
    /** {@link dev.remora.Retention#purge} and {@link dev.remora.Retention#dryRun}. */
    PURGE(AccessRight.OWN, "purge history"),
    /** {@link dev.remora.Projects#find} and {@link dev.remora.Projects#list}. */
    READ_PROJECT(AccessRight.READ, "look at a project"),
    /** {@link dev.remora.Projects#grants}. */
    READ_GRANTS(AccessRight.OWN, "look at the grants"),
    /** {@link dev.remora.Projects#grant} and {@link dev.remora.Projects#revoke}. */
    GRANT(AccessRight.OWN, "grant or revoke rights"),
    /** {@link dev.remora.Projects#transfer}. */
    TRANSFER(AccessRight.OWN, "hand over the ownership");

    private final AccessRight right;
    private final String words;

    Operation(AccessRight right, String words) {
        this.right = right;
        this.words = words;
    }

    /**
     * Returns what a user must have.
     *
     * @return the least right in the project that allows this operation
     */
    public AccessRight right() {
        return right;
    }

    /**
     * Returns this operation in words.
     *
     * @return what goes behind "may not": {@code kill an execution}
     */
    public String words() {
        return words;
    }
}
