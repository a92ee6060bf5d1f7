package dev.remora.internal.access;

import dev.remora.Schedules;
import dev.remora.model.Operation;
import dev.remora.model.SavedSchedule;
import dev.remora.model.Schedule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The schedules, as far as the user may read and change them. */
record GuardedSchedules(Schedules schedules, Gate gate) implements Schedules {
    @Override
    public SavedSchedule save(Schedule schedule) {
        gate.require(Operation.SAVE_SCHEDULE, schedule.project());
        return schedules.save(schedule);
    }

    @Override
    public Optional<SavedSchedule> find(String project, String workflow) {
        return gate.allows(Operation.READ_SCHEDULE, project) ? schedules.find(project, workflow) : Optional.empty();
    }

    @Override
    public List<SavedSchedule> list(String project, long from, int size) {
        return gate.allows(Operation.READ_SCHEDULE, project) ? schedules.list(project, from, size) : List.of();
    }

    @Override
    public void online(String project, String workflow) {
        gate.require(Operation.SWITCH_SCHEDULE, project);
        schedules.online(project, workflow);
    }

    @Override
    public void offline(String project, String workflow) {
        gate.require(Operation.SWITCH_SCHEDULE, project);
        schedules.offline(project, workflow);
    }

    @Override
    public void delete(String project, String workflow) {
        gate.require(Operation.DELETE_SCHEDULE, project);
        schedules.delete(project, workflow);
    }

    @Override
    public List<Instant> nextFireTimes(Schedule schedule, Instant after, int count) {
        gate.require(Operation.READ_SCHEDULE, schedule.project());
        return schedules.nextFireTimes(schedule, after, count);
    }
}
