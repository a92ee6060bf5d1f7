package dev.remora.model;

/** What a user may do in a project. Each right includes those before it. */
public enum AccessRight {
    /** To look: at executions, logs, definitions, resources, schedules and backfills. */
    READ,
    /** To run, kill, pause, resume and rerun, unsaved workflows and backfills as well; and all of {@link #READ}. */
    EXECUTE,
    /** To change definitions, resources and schedules; and all of {@link #EXECUTE}. */
    WRITE,
    /** Everything, and to say who else may do what. The owner of the project has it, and nobody else. */
    OWN;

    /**
     * Tells whether who has this right may do what another one allows.
     *
     * @param needed the right that is needed
     * @return whether this right is that one or includes it
     */
    public boolean includes(AccessRight needed) {
        return compareTo(needed) >= 0;
    }
}
