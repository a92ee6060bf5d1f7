package dev.remora;

import dev.remora.model.SavedSchedule;
import dev.remora.model.Schedule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The schedules of the saved workflows. Safe for use by several threads.
 *
 * <p>A fire time runs once, however many engines share the storage. Scheduled runs have the type
 * {@link dev.remora.model.ExecutionType#SCHEDULER}; the owner of the workflow is their user, and the latest version at the
 * fire time is what runs. If a run cannot be made of it then, because a name or a parameter does not fit any more, there is
 * an execution all the same, FAILED with cause {@link dev.remora.model.Cause#BAD_PARAMETER}.
 *
 * <p>Every call may throw {@link dev.remora.error.StorageException}, and those that change something
 * {@link dev.remora.error.EngineClosedException} after the engine was closed.
 */
public interface Schedules {
    /**
     * Saves the schedule of a workflow, in place of the one it may have. It fires from now on, never for times that have
     * passed. Runs that were created by the schedule before stay as they are.
     *
     * @param schedule the schedule
     * @return the schedule as it is stored
     * @throws dev.remora.error.ValidationException if it breaks rules: its cron expression is wrong or never fires, a workflow
     *     that it waits for has no schedule or waits for this one, it does not fit the workflow
     * @throws dev.remora.error.NotFoundException if there is no such workflow
     * @throws dev.remora.error.LimitExceededException if a size limit is exceeded
     */
    SavedSchedule save(Schedule schedule);

    /**
     * Finds the schedule of a workflow.
     *
     * @param project the project
     * @param workflow the workflow
     * @return the schedule; empty if it has none
     */
    Optional<SavedSchedule> find(String project, String workflow);

    /**
     * Lists the schedules of a project.
     *
     * @param project the project
     * @param from how many to leave out at the front, at least 0
     * @param size how many to return at the most, 1 to 1000
     * @return the schedules, by workflow
     * @throws dev.remora.error.ValidationException if a bound is broken
     */
    List<SavedSchedule> list(String project, long from, int size);

    /**
     * Lets a schedule fire, from now on: never for times that passed while it was offline. Does nothing to one that is
     * online.
     *
     * @param project the project
     * @param workflow the workflow
     * @throws dev.remora.error.NotFoundException if it has no schedule
     */
    void online(String project, String workflow);

    /**
     * Keeps a schedule from firing. Runs that it created go on, also those that wait. Does nothing to one that is offline.
     *
     * @param project the project
     * @param workflow the workflow
     * @throws dev.remora.error.NotFoundException if it has no schedule
     */
    void offline(String project, String workflow);

    /**
     * Deletes a schedule. Runs that it created go on, also those that wait.
     *
     * @param project the project
     * @param workflow the workflow
     * @throws dev.remora.error.NotFoundException if it has no schedule
     * @throws dev.remora.error.ValidationException if another schedule waits for the workflow
     */
    void delete(String project, String workflow);

    /**
     * Says when a schedule fires, saved or not.
     *
     * @param schedule the schedule
     * @param after the fire times after this
     * @param count how many at the most, 1 to 1000
     * @return the fire times in order, whether it is online or not; fewer if there are no more
     * @throws dev.remora.error.ValidationException if its cron expression is wrong, or a bound is broken
     */
    List<Instant> nextFireTimes(Schedule schedule, Instant after, int count);
}
