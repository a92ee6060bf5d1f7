package dev.remora.storage.jdbc;

import dev.remora.spi.HeldChange;
import dev.remora.spi.Lease;
import dev.remora.spi.NewExecution;
import dev.remora.spi.ScheduleRecord;
import dev.remora.spi.ScheduleState;
import dev.remora.spi.ScheduleStore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The schedules. */
final class JdbcScheduleStore implements ScheduleStore {
    private final Database database;
    private final Definitions definitions;

    JdbcScheduleStore(Database database, Definitions definitions) {
        this.database = database;
        this.definitions = definitions;
    }

    @Override
    public boolean save(ScheduleRecord record) {
        Objects.requireNonNull(record, "record");
        return database.write(
                "save the schedule of workflow " + record.schedule().workflow() + " of project "
                        + record.schedule().project(),
                session -> record.state().revision() == 1
                        ? ScheduleTable.add(session, record)
                        : ScheduleTable.replace(session, record));
    }

    @Override
    public Optional<ScheduleRecord> find(String project, String workflow) {
        boolean possible = Texts.isStorable(project) && Texts.isStorable(workflow);
        return database.read(
                "find the schedule of a workflow",
                session -> possible ? ScheduleTable.find(session, project, workflow) : Optional.empty());
    }

    @Override
    public List<ScheduleRecord> list(String project, long from, int size) {
        boolean possible = Texts.isStorable(project) && size > 0;
        return database.read(
                "list the schedules of a project",
                session -> possible ? ScheduleTable.list(session, project, Math.max(0, from), size) : List.of());
    }

    @Override
    public boolean delete(String project, String workflow) {
        boolean possible = Texts.isStorable(project) && Texts.isStorable(workflow);
        return database.write(
                "delete the schedule of a workflow",
                session -> possible && ScheduleTable.remove(session, project, workflow));
    }

    @Override
    public List<ScheduleRecord> upcoming(int limit) {
        return database.read(
                "find the schedules that fire next", session -> ScheduleTable.upcoming(session, Math.max(0, limit)));
    }

    @Override
    public Optional<List<Long>> step(
            Lease owner,
            String project,
            String workflow,
            ScheduleState next,
            List<NewExecution> created,
            List<HeldChange> changes) {
        Objects.requireNonNull(next, "next");
        return database.write("let the schedule of workflow " + workflow + " fire", session -> {
            EngineTable.fence(session, owner);
            // why: nothing is written before all is found to be as expected
            if (!HeldExecutions.lockExpected(session, changes)
                    || !ScheduleTable.move(session, project, workflow, next)) {
                return Optional.empty();
            }
            HeldExecutions.store(session, owner, changes);
            return Optional.of(Creations.createAll(session, definitions, owner, created));
        });
    }
}
