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
            ids.addAll(bulk.insertNumbered(session, NewRow.INSERTION, "exec_id", part));
        }
        List<Notice> notices = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            NoticeTable.notice(ids.get(i), executions.get(i).notice()).ifPresent(notices::add);
        }
        NoticeTable.add(session, notices);
        return ids;
    }
}
