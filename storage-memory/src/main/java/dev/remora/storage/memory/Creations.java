package dev.remora.storage.memory;

import dev.remora.error.LimitExceededException;
import dev.remora.error.NotFoundException;
import dev.remora.model.Limit;
import dev.remora.spi.HeldChange;
import dev.remora.spi.NewExecution;
import dev.remora.spi.Submission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How executions come about, and those that are held get on. Every method needs the ownership lock of the data. */
final class Creations {
    private static final int MOST_PASSED_OVER = 1_000;

    private final MemoryData data;

    Creations(MemoryData data) {
        this.data = data;
    }

    /** Throws if there is no room for so many executions that are not final. */
    void checkRoom(long more) {
        int active = data.index.active();
        long bound = data.settings.maxActive();
        if (active + more > bound) {
            throw new LimitExceededException(
                    Limit.ACTIVE_EXECUTIONS,
                    bound,
                    "the memory storage holds " + active + " executions that are not final and does not take " + more
                            + " more");
        }
    }

    List<Long> createAll(LeaseTable.Held owner, List<NewExecution> executions) {
        checkRoom(executions.stream()
                .filter(one -> !one.state().status().isFinal())
                .count());
        referAll(executions);
        List<Long> ids = new ArrayList<>(executions.size());
        for (NewExecution one : executions) {
            ids.add(add(owner, one).execId);
        }
        evict();
        return ids;
    }

    private void referAll(List<NewExecution> executions) {
        List<Submission> referred = new ArrayList<>(executions.size());
        try {
            for (NewExecution one : executions) {
                Submission submission = one.submission();
                data.catalog.refer(submission.project(), submission.workflow(), submission.version());
                referred.add(submission);
            }
        } catch (NotFoundException gone) {
            referred.forEach(submission -> data.catalog.forget(submission.project(), submission.workflow()));
            throw gone;
        }
    }

    ExecutionRow create(LeaseTable.Held owner, NewExecution one) {
        referAll(List.of(one));
        return add(owner, one);
    }

    private ExecutionRow add(LeaseTable.Held owner, NewExecution one) {
        boolean owned = !one.state().held() && !one.state().status().isFinal();
        ExecutionRow row = new ExecutionRow(
                data.nextExecId(), one.submission(), one.state(), owned ? owner : null, new JobLogs(data.space));
        data.index.add(row);
        data.timed.add(row);
        data.rows.put(row.execId, row);
        one.notice().ifPresent(end -> data.notices.add(row.execId, end));
        return row;
    }

    void evict() {
        int surplus = data.index.size() - data.settings.maxExecutions();
        if (surplus <= 0) {
            return;
        }
        List<ExecutionRow> first = data.index.firstEnded(surplus);
        if (first.stream().anyMatch(data::isNeeded)) {
            // why: the bound is kept all the same, so what is needed goes when nothing else is near
            Map<Boolean, List<ExecutionRow>> more = data.index.firstEnded(surplus + MOST_PASSED_OVER).stream()
                    .collect(Collectors.partitioningBy(data::isNeeded));
            first = Stream.concat(more.get(false).stream(), more.get(true).stream())
                    .limit(surplus)
                    .toList();
        }
        Removal.evict(data, first);
    }

    /** Tells whether all changes are as expected; while the lock is held they stay so. */
    boolean allExpected(List<HeldChange> changes) {
        Set<Long> seen = new HashSet<>();
        for (HeldChange change : changes) {
            ExecutionRow row = data.rows.get(change.execId());
            if (row == null
                    || !row.state().held()
                    || !row.state().equals(change.expected())
                    || !seen.add(change.execId())) {
                return false;
            }
        }
        return true;
    }

    void applyAll(LeaseTable.Held owner, List<HeldChange> changes) {
        for (HeldChange change : changes) {
            ExecutionRow row = data.rows.get(change.execId());
            row.lock.lock();
            try {
                boolean owned = !change.next().held() && !change.next().status().isFinal();
                row.own(owned ? owner : null);
                data.index.update(row, row.state(), change.next());
                row.become(change.next());
            } finally {
                row.lock.unlock();
            }
            change.notice().ifPresent(end -> data.notices.add(change.execId(), end));
        }
    }
}
