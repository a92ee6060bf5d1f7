package dev.remora.spi;

import java.util.List;
import java.util.Optional;

/**
 * The schedules. A change is made only to the revision that it was worked out from, so of several engines that deal with a
 * fire time one does.
 */
public interface ScheduleStore {
    /**
     * Stores a schedule, if its workflow's schedule has the revision before it; none counts as revision 0.
     *
     * @param record the schedule
     * @return whether it is stored
     */
    boolean save(ScheduleRecord record);

    /**
     * Finds the schedule of a workflow.
     *
     * @param project the project
     * @param workflow the workflow
     * @return the schedule; empty if there is none
     */
    Optional<ScheduleRecord> find(String project, String workflow);

    /**
     * Lists the schedules of a project.
     *
     * @param project the project
     * @param from how many to leave out at the front
     * @param size how many to return at the most
     * @return the schedules, by workflow in the order of UTF-16 code units
     */
    List<ScheduleRecord> list(String project, long from, int size);

    /**
     * Deletes the schedule of a workflow. Its runs stay.
     *
     * @param project the project
     * @param workflow the workflow
     * @return whether there was one
     */
    boolean delete(String project, String workflow);

    /**
     * Finds the schedules that fire next.
     *
     * @param limit how many at the most
     * @return those with a next fire time, the earliest first; of one time by project and workflow
     */
    List<ScheduleRecord> upcoming(int limit);

    /**
     * Moves a schedule on, together with the executions that it creates and those of its own that it changes. All of it
     * happens, or nothing.
     *
     * @param owner the engine's lease; it owns what may start at once
     * @param project the project of the schedule
     * @param workflow its workflow
     * @param next its state from now on; nothing happens unless the stored revision is one less
     * @param created executions to create
     * @param changes changes of held executions; nothing happens unless all are as expected
     * @return the ids of the executions created, in order; empty if nothing happened
     * @throws dev.remora.error.LeaseLostException if the lease does not stand
     * @throws dev.remora.error.LimitExceededException if the storage is bounded and full
     */
    Optional<List<Long>> step(
            Lease owner,
            String project,
            String workflow,
            ScheduleState next,
            List<NewExecution> created,
            List<HeldChange> changes);
}
