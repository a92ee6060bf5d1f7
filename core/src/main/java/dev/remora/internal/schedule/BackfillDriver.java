package dev.remora.internal.schedule;

import dev.remora.model.BackfillOrder;
import dev.remora.model.BackfillStatus;
import dev.remora.model.Cause;
import dev.remora.model.Status;
import dev.remora.spi.BackfillRecord;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.Lease;
import dev.remora.spi.TimedFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves backfills on. Of several engines that try, the storage lets one. */
final class BackfillDriver {
    private static final Logger LOG = LoggerFactory.getLogger(BackfillDriver.class);
    private static final int AT_ONCE = 500;
    private static final int MOST_STEPS = 100;

    private final Host host;
    private final HeldRuns held;

    BackfillDriver(Host host, HeldRuns held) {
        this.host = host;
        this.held = held;
    }

    /** Looks for backfills that other engines left. Returns whether there are any. */
    boolean look() {
        long after = 0;
        List<BackfillRecord> page;
        do {
            page = host.storage().backfills().open(after, AT_ONCE);
            for (BackfillRecord record : page) {
                step(record.id());
                after = record.id();
            }
        } while (page.size() == AT_ONCE);
        return after > 0;
    }

    /** Does all that can be done for a backfill now. */
    void step(long id) {
        for (int steps = 0; steps < MOST_STEPS; steps++) {
            Optional<BackfillRecord> record = host.storage().backfills().find(id);
            if (record.isEmpty() || record.get().status().isFinal() || !stepOnce(record.get())) {
                return;
            }
        }
        host.later(() -> step(id));
    }

    /** Returns whether something changed, so that there may be more to do. */
    private boolean stepOnce(BackfillRecord record) {
        return switch (record.status()) {
            case RUNNING -> run(record);
            case PAUSED -> end(record, BackfillStatus.SUCCESS);
            case STOPPING -> finish(record, Cause.BACKFILL_STOPPED, BackfillStatus.STOPPED);
            case CANCELLING -> finish(record, Cause.BACKFILL_CANCELLED, BackfillStatus.CANCELLED);
            default -> false;
        };
    }

    private boolean run(BackfillRecord record) {
        if (record.request().stopOnFailure() && hasFailed(record)) {
            LOG.info("backfill {} stops, as a time of it did not succeed", record.id());
            return change(record.next(BackfillStatus.STOPPING), List.of());
        }
        int room = record.request().parallel() - active(record).size();
        if (room <= 0) {
            return false;
        }
        List<ExecutionRecord> next = next(record, Math.min(room, AT_ONCE));
        if (next.isEmpty()) {
            return end(record, BackfillStatus.SUCCESS);
        }
        return change(
                record.next(BackfillStatus.RUNNING),
                next.stream().map(held::turn).toList());
    }

    /** The next to have their turn. Those that cannot be read whole wait to be mended or killed, and are passed over. */
    private List<ExecutionRecord> next(BackfillRecord record, int wanted) {
        boolean descending = record.request().order() == BackfillOrder.DESCENDING;
        int limit = wanted;
        while (true) {
            TimedFilter waiting = of(record, limit).held(true).statuses(Status.INIT);
            List<ExecutionRecord> found =
                    host.storage().executions().timed(descending ? waiting.fromTheLatest() : waiting);
            List<ExecutionRecord> able = found.stream()
                    .filter(one -> one.damage().isEmpty())
                    .limit(wanted)
                    .toList();
            if (able.size() == wanted || found.size() < limit) {
                return able;
            }
            limit = limit + AT_ONCE;
        }
    }

    /** Ends the backfill if nothing of it is left. */
    private boolean end(BackfillRecord record, BackfillStatus end) {
        boolean left = !host.storage()
                .executions()
                .timed(of(record, 1).statuses(HeldRuns.UNFINISHED))
                .isEmpty();
        if (left) {
            return false;
        }
        BackfillStatus status = end == BackfillStatus.SUCCESS && hasFailed(record) ? BackfillStatus.FAILED : end;
        LOG.info("backfill {} ended {}", record.id(), status);
        return change(record.next(status), List.of());
    }

    private boolean finish(BackfillRecord record, Cause cause, BackfillStatus end) {
        List<ExecutionRecord> waiting = host.storage()
                .executions()
                .timed(of(record, AT_ONCE).held(true).statuses(Status.INIT, Status.WAITING_DEP, Status.PAUSED));
        boolean all = cause == Cause.BACKFILL_CANCELLED;
        List<HeldRuns.Planned> ended = waiting.stream()
                .filter(one -> all || HeldRuns.waitsForTurn(one.state()))
                .map(one -> held.end(one, Status.KILL, cause))
                .toList();
        if (!ended.isEmpty()) {
            return change(record.next(record.status()), ended);
        }
        if (all) {
            for (ExecutionRecord one : active(record)) {
                if (one.state().cause().filter(cause::equals).isEmpty()) {
                    host.kill(one.execId(), cause);
                }
            }
        }
        return end(record, end);
    }

    /** Those that have had their turn and have not ended. */
    private List<ExecutionRecord> active(BackfillRecord record) {
        int most = record.request().parallel();
        List<ExecutionRecord> active = new ArrayList<>(
                host.storage().executions().timed(of(record, most).held(false).statuses(HeldRuns.UNFINISHED)));
        host
                .storage()
                .executions()
                .timed(of(record, Integer.MAX_VALUE).held(true).statuses(Status.WAITING_DEP, Status.PAUSED))
                .stream()
                .filter(one -> !HeldRuns.waitsForTurn(one.state()))
                .forEach(active::add);
        return active;
    }

    private boolean hasFailed(BackfillRecord record) {
        return !host.storage()
                .executions()
                .timed(of(record, 1).statuses(Status.KILL, Status.FAILED, Status.DEP_FAILED))
                .isEmpty();
    }

    private static TimedFilter of(BackfillRecord record, int limit) {
        return TimedFilter.of(record.request().project(), record.request().workflow(), limit)
                .backfill(record.id());
    }

    /** Returns true in any case: if it was not as it was read, another engine was faster, and there may be more to do. */
    private boolean change(BackfillRecord next, List<HeldRuns.Planned> planned) {
        return host.adopting(() -> {
            Lease lease = host.lease();
            boolean changed = host.storage().backfills().step(lease, next, held.changes(planned));
            if (changed) {
                held.happened(lease, planned);
            }
            return true;
        });
    }
}
