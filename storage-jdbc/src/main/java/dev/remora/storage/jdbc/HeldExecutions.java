package dev.remora.storage.jdbc;

import dev.remora.spi.ExecutionState;
import dev.remora.spi.HeldChange;
import dev.remora.spi.Lease;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Changes of executions that are held: first all are locked and compared, then all are stored. */
final class HeldExecutions {
    private static final int MOST_IDS = 1000;

    private HeldExecutions() {}

    /** Locks the executions, and tells whether all of them are as the changes expect; they stay so. */
    static boolean lockExpected(Session session, List<HeldChange> changes) throws SQLException {
        // why: transactions that lock several rows must do so in the same order
        List<Long> ids = changes.stream().map(HeldChange::execId).sorted().toList();
        Map<Long, ExecutionState> found = new HashMap<>();
        for (List<Long> part : Commits.parts(ids, MOST_IDS)) {
            session.query("SELECT exec_id, " + StateRow.COLUMNS
                            + " FROM ${prefix}execution WHERE held AND exec_id IN " + Texts.placeholders(part)
                            + " ORDER BY exec_id FOR UPDATE")
                    .numbers(part)
                    .list(row -> {
                        long execId = row.number();
                        StateRow state = StateRow.read(row);
                        // why: as it was read for the change, so that what cannot be read whole can be ended all the
                        // same
                        return found.put(execId, state.state(new Damage()));
                    });
        }
        return found.size() == changes.size()
                && changes.stream().allMatch(change -> change.expected().equals(found.get(change.execId())));
    }

    /** Stores changes of executions that are locked, with the notices that come with them. */
    static void store(Session session, Lease owner, List<HeldChange> changes) throws SQLException {
        BulkWriter bulk = session.dialect().bulk();
        List<BulkWriter.OwnedState> states = changes.stream()
                .map(change -> new BulkWriter.OwnedState(
                        change.execId(), change.next(), ExecutionTable.ownerOf(owner, change.next())))
                .sorted(Comparator.comparingLong(BulkWriter.OwnedState::execId))
                .toList();
        for (List<BulkWriter.OwnedState> part : Commits.parts(states, bulk.mostChanges())) {
            bulk.change(session, part);
        }
        NoticeTable.add(
                session,
                changes.stream()
                        .flatMap(change -> NoticeTable.notice(change.execId(), change.notice()).stream())
                        .toList());
    }
}
