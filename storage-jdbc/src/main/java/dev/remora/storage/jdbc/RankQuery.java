package dev.remora.storage.jdbc;

import dev.remora.model.ExecutionCursor;
import dev.remora.model.Status;
import dev.remora.spi.RankedPlace;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The query of one execution of each workflow, counted from the newest. Not safe for use by several threads. */
final class RankQuery {
    private final Session session;
    private final Set<Status> statuses;
    private final int rank;

    RankQuery(Session session, Set<Status> statuses, int rank) {
        this.session = session;
        this.statuses = statuses;
        this.rank = rank;
    }

    /** Ranks the executions of the next saved workflows, by project and name. */
    List<RankedPlace> page(Optional<String> project, Optional<RankedPlace> after, int limit) throws SQLException {
        List<RankedPlace> page = new ArrayList<>();
        String first = after.map(RankedPlace::project).or(() -> project).orElse("");
        String name = after.map(RankedPlace::workflow).orElse("");
        if (!first.isEmpty()) {
            page.addAll(ranked("w.project = ? AND w.name > ?")
                    .text(first)
                    .text(name)
                    .integer(limit)
                    .list(RankQuery::read));
        }
        if (project.isEmpty() && page.size() < limit) {
            page.addAll(ranked("w.project > ?")
                    .text(first)
                    .integer(limit - page.size())
                    .list(RankQuery::read));
        }
        return page;
    }

    private Query ranked(String condition) throws SQLException {
        String execution = """
                (SELECT x.%%s FROM ${prefix}execution x
                    WHERE x.project = w.project AND x.workflow = w.name AND x.status IN (%s)
                    ORDER BY x.project DESC, x.workflow DESC, x.place_time DESC, x.exec_id DESC LIMIT 1 OFFSET %d)
                """.formatted(String.join(", ", Collections.nCopies(statuses.size(), "?")), rank - 1);
        Query query = session.query("SELECT w.project, w.name, " + execution.formatted("place_time") + ", "
                + execution.formatted("exec_id") + " FROM ${prefix}workflow w WHERE " + condition
                + " AND NOT w.unsaved ORDER BY w.project, w.name LIMIT ?");
        for (int times = 0; times < 2; times++) {
            for (Status status : statuses) {
                query.integer(status.code());
            }
        }
        return query;
    }

    private static RankedPlace read(Row row) throws SQLException {
        String project = row.text();
        String workflow = row.text();
        long time = row.number();
        long execId = row.number();
        // why: a number that is null is read as 0, and no execution has that
        return new RankedPlace(
                project, workflow, execId == 0 ? Optional.empty() : Optional.of(new ExecutionCursor(time, execId)));
    }
}
