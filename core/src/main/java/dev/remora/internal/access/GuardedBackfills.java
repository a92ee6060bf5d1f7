package dev.remora.internal.access;

import dev.remora.Backfills;
import dev.remora.model.Backfill;
import dev.remora.model.BackfillProgress;
import dev.remora.model.BackfillRequest;
import dev.remora.model.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The backfills, as far as the user may read and steer them. */
record GuardedBackfills(Backfills backfills, Gate gate) implements Backfills {
    @Override
    public List<Instant> plan(BackfillRequest request) {
        gate.require(Operation.START_BACKFILL, request.project());
        return backfills.plan(request);
    }

    @Override
    public Backfill start(BackfillRequest request) {
        gate.require(Operation.START_BACKFILL, request.project());
        return backfills.start(request);
    }

    @Override
    public Optional<Backfill> find(long id) {
        return gate.allowsBackfill(Operation.READ_BACKFILL, id) ? backfills.find(id) : Optional.empty();
    }

    @Override
    public List<Backfill> list(String project, long from, int size) {
        return gate.allows(Operation.READ_BACKFILL, project) ? backfills.list(project, from, size) : List.of();
    }

    @Override
    public BackfillProgress progress(long id) {
        gate.requireBackfill(Operation.READ_BACKFILL, id);
        return backfills.progress(id);
    }

    @Override
    public void pause(long id) {
        gate.requireBackfill(Operation.PAUSE_BACKFILL, id);
        backfills.pause(id);
    }

    @Override
    public void resume(long id) {
        gate.requireBackfill(Operation.RESUME_BACKFILL, id);
        backfills.resume(id);
    }

    @Override
    public void cancel(long id) {
        gate.requireBackfill(Operation.CANCEL_BACKFILL, id);
        backfills.cancel(id);
    }
}
