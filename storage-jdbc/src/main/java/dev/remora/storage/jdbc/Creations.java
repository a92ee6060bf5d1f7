package dev.remora.storage.jdbc;

import dev.remora.error.NotFoundException;
import dev.remora.spi.Lease;
import dev.remora.spi.NewExecution;
import dev.remora.spi.Notice;
import dev.remora.spi.Submission;
import dev.remora.spi.WorkflowVersion;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How many executions are stored at once. */
final class Creations {
    private Creations() {}

    /** Stores executions, and returns their ids, in order and ascending. */
    static List<Long> createAll(Session session, Definitions definitions, Lease owner, List<NewExecution> executions)
            throws SQLException {
        Set<WorkflowVersion> held = new HashSet<>();
        for (NewExecution one : executions) {
            Submission submission = one.submission();
            boolean first =
                    held.add(new WorkflowVersion(submission.project(), submission.workflow(), submission.version()));
            if (first && !definitions.holds(session, submission)) {
                throw NotFoundException.version(submission.project(), submission.workflow(), submission.version());
            }
        }
        BulkWriter bulk = session.dialect().bulk();
        List<Long> ids = new ArrayList<>(executions.size());
        for (List<NewRow> part : Commits.parts(NewRow.of(owner, executions), bulk.mostNodes(), NewRow::size)) {
            ids.addAll(
                    part.size() == 1
                            ? List.of(insert(session, part.get(0)))
                            : bulk.insertNumbered(session, NewRow.INSERTION, "exec_id", part));
        }
        List<Notice> notices = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            NoticeTable.notice(ids.get(i), executions.get(i).notice()).ifPresent(notices::add);
        }
        NoticeTable.add(session, notices);
        return ids;
    }

    private static long insert(Session session, NewRow row) throws SQLException {
        return NewRow.INSERTION
                .set(session.insert(NewRow.INSERTION.ofOne(), "exec_id"), row)
                .insert()
                .orElseThrow();
    }
}
