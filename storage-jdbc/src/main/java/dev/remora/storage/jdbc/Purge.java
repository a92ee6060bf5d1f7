package dev.remora.storage.jdbc;

import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Removes executions with all that belongs to them. */
final class Purge {
    /** A definition that executions refer to. */
    private record Name(String project, String workflow) {}

    private record Found(long execId, Name name) {}

    private Purge() {}

    /** Removes those that are final, and returns how many. */
    static int run(Session session, Definitions definitions, List<Long> execIds) throws SQLException {
        List<Found> found = session.query("SELECT exec_id, project, workflow FROM ${prefix}execution WHERE exec_id IN "
                        + Texts.placeholders(execIds) + " AND NOT active ORDER BY exec_id FOR UPDATE")
                .numbers(execIds)
                .list(row -> new Found(row.number(), new Name(row.text(), row.text())));
        if (found.isEmpty()) {
            return 0;
        }
        List<Long> ids = found.stream().map(Found::execId).toList();
        for (String table : List.of("node", "command", "log_chunk", "notice")) {
            delete(session, table, ids);
        }
        int removed = delete(session, "execution", ids);
        Set<Name> names = new LinkedHashSet<>();
        found.forEach(one -> names.add(one.name()));
        for (Name name : names) {
            definitions.removeUnreferenced(session, name.project(), name.workflow());
        }
        return removed;
    }

    private static int delete(Session session, String table, List<Long> execIds) throws SQLException {
        return session.query("DELETE FROM ${prefix}" + table + " WHERE exec_id IN " + Texts.placeholders(execIds))
                .numbers(execIds)
                .update();
    }
}
