package dev.remora.storage.jdbc;

import dev.remora.spi.Purged;
import dev.remora.spi.RetentionStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A batch of executions that go with all that belongs to them, or are only counted. Not safe for use by several threads. */
final class Purge {
    private record Found(long execId, WorkflowName name) {}

    /** How many rows an execution has, and how many lines of logs these hold. */
    private record Size(long nodes, long logRows, long logLines) {
        private static final Size NONE = new Size(0, 0, 0);

        Size plus(Size other) {
            return new Size(nodes + other.nodes, logRows + other.logRows, logLines + other.logLines);
        }

        boolean fits() {
            return nodes + logRows <= RetentionStore.MOST_ROWS;
        }
    }

    private static final List<String> TABLES = List.of("node", "command", "log_chunk", "notice", "execution");

    private final Session session;
    private final Definitions definitions;
    private final List<Long> execIds;
    private final long endedUntil;

    /** @param execIds by id */
    Purge(Session session, Definitions definitions, List<Long> execIds, long endedUntil) {
        this.session = session;
        this.definitions = definitions;
        this.execIds = execIds;
        this.endedUntil = endedUntil;
    }

    /** Removes those that have ended. */
    Purged run() throws SQLException {
        return run(false);
    }

    /** Says what {@link #run} would remove. */
    Purged count() throws SQLException {
        return run(true);
    }

    private Purged run(boolean dry) throws SQLException {
        List<Found> found = find(dry ? "" : " FOR UPDATE");
        if (found.isEmpty()) {
            return Purged.NOTHING;
        }
        Map<Long, Size> sizes = sizes(ids(found));
        Size sum = Size.NONE;
        List<Found> taken = new ArrayList<>();
        for (Found one : found) {
            Size more = sum.plus(sizes.getOrDefault(one.execId(), Size.NONE));
            if (!taken.isEmpty() && !more.fits()) {
                break;
            }
            sum = more;
            taken.add(one);
        }
        List<Long> removed = ids(taken);
        if (!dry) {
            delete(removed);
        }
        List<Long> left = ids(found.subList(taken.size(), found.size()));
        return new Purged(removed, left, sum.nodes(), sum.logLines(), dry ? looseLeft(taken) : looseRemoved(taken));
    }

    private List<Found> find(String lock) throws SQLException {
        return session.query("SELECT exec_id, project, workflow FROM ${prefix}execution WHERE exec_id IN "
                        + Texts.placeholders(execIds) + " AND NOT active AND ended_at <= ? ORDER BY exec_id" + lock)
                .numbers(execIds)
                .number(endedUntil)
                .list(row -> new Found(row.number(), new WorkflowName(row.text(), row.text())));
    }

    private static List<Long> ids(List<Found> found) {
        return found.stream().map(Found::execId).toList();
    }

    private Map<Long, Size> sizes(List<Long> ids) throws SQLException {
        Map<Long, Size> sizes = new HashMap<>();
        String among = " WHERE exec_id IN " + Texts.placeholders(ids) + " GROUP BY exec_id";
        session.query("SELECT exec_id, COUNT(*) FROM ${prefix}node" + among)
                .numbers(ids)
                .list(row -> sizes.merge(row.number(), new Size(row.number(), 0, 0), Size::plus));
        session.query("SELECT exec_id, COUNT(*), SUM(line_count) FROM ${prefix}log_chunk" + among)
                .numbers(ids)
                .list(row -> sizes.merge(row.number(), new Size(0, row.number(), row.number()), Size::plus));
        return sizes;
    }

    private void delete(List<Long> ids) throws SQLException {
        for (String table : TABLES) {
            session.query("DELETE FROM ${prefix}" + table + " WHERE exec_id IN " + Texts.placeholders(ids))
                    .numbers(ids)
                    .update();
        }
    }

    /** Of each project the names of which executions go, with how many of each. */
    private static Map<String, Map<String, Long>> names(List<Found> taken) {
        // why: transactions that lock several rows must do so in the same order
        Map<String, Map<String, Long>> names = new TreeMap<>();
        for (Found one : taken) {
            names.computeIfAbsent(one.name().project(), project -> new TreeMap<>())
                    .merge(one.name().name(), 1L, Long::sum);
        }
        return names;
    }

    private List<Purged.Loose> looseRemoved(List<Found> taken) throws SQLException {
        List<Purged.Loose> all = new ArrayList<>();
        for (Map.Entry<String, Map<String, Long>> project : names(taken).entrySet()) {
            Collection<String> loose = definitions.lockLoose(
                    session, project.getKey(), project.getValue().keySet());
            Set<String> removed = definitions.removeUnreferenced(session, project.getKey(), loose);
            loose.forEach(name -> all.add(new Purged.Loose(project.getKey(), name, removed.contains(name) ? 0 : 1)));
        }
        return all;
    }

    private List<Purged.Loose> looseLeft(List<Found> taken) throws SQLException {
        List<Purged.Loose> all = new ArrayList<>();
        for (Map.Entry<String, Map<String, Long>> project : names(taken).entrySet()) {
            definitions
                    .looseExecutions(
                            session, project.getKey(), project.getValue().keySet())
                    .forEach((name, executions) -> all.add(new Purged.Loose(
                            project.getKey(),
                            name,
                            executions - project.getValue().get(name))));
        }
        return all;
    }
}
