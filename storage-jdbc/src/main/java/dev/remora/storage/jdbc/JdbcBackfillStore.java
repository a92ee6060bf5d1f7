package dev.remora.storage.jdbc;

import dev.remora.model.PlannedRun;
import dev.remora.spi.BackfillRecord;
import dev.remora.spi.BackfillStore;
import dev.remora.spi.HeldChange;
import dev.remora.spi.Lease;
import dev.remora.spi.NewExecution;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The backfills. */
final class JdbcBackfillStore implements BackfillStore {
    private final Database database;
    private final Definitions definitions;

    JdbcBackfillStore(Database database, Definitions definitions) {
        this.database = database;
        this.definitions = definitions;
    }

    @Override
    public long newId() {
        return database.write("take an id for a backfill", BackfillTable::nextId);
    }

    @Override
    public List<PlannedRun> create(Lease owner, BackfillRecord backfill, List<NewExecution> executions) {
        Objects.requireNonNull(backfill, "backfill");
        return database.write("store backfill " + backfill.id(), session -> {
            EngineTable.fence(session, owner);
            List<Long> ids = Creations.createAll(session, definitions, owner, executions);
            List<PlannedRun> runs = new ArrayList<>(ids.size());
            for (int i = 0; i < ids.size(); i++) {
                runs.add(new PlannedRun(executions.get(i).submission().scheduleTime(), ids.get(i)));
            }
            BackfillTable.add(session, backfill, runs);
            return runs;
        });
    }

    @Override
    public Optional<BackfillRecord> find(long id) {
        return database.read("find backfill " + id, session -> BackfillTable.find(session, id));
    }

    @Override
    public List<PlannedRun> runs(long id) {
        return database.read("find the runs of backfill " + id, session -> BackfillTable.runs(session, id));
    }

    @Override
    public List<BackfillRecord> list(String project, long from, int size) {
        boolean possible = Texts.isStorable(project) && size > 0;
        return database.read(
                "list the backfills of a project",
                session -> possible ? BackfillTable.list(session, project, Math.max(0, from), size) : List.of());
    }

    @Override
    public List<BackfillRecord> open(long after, int limit) {
        return database.read(
                "find the backfills that have not ended",
                session -> BackfillTable.open(session, after, Math.max(0, limit)));
    }

    @Override
    public boolean step(Lease owner, BackfillRecord next, List<HeldChange> changes) {
        Objects.requireNonNull(next, "next");
        return database.write("move backfill " + next.id() + " on", session -> {
            EngineTable.fence(session, owner);
            // why: nothing is written before all is found to be as expected
            boolean fits = HeldExecutions.lockExpected(session, changes) && BackfillTable.move(session, next);
            if (fits) {
                HeldExecutions.store(session, owner, changes);
            }
            return fits;
        });
    }
}
