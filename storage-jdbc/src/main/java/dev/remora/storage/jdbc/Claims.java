package dev.remora.storage.jdbc;

import dev.remora.spi.Lease;
import dev.remora.spi.WorkflowVersion;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Takes executions that no standing lease owns. Not safe for use by several threads. */
final class Claims {
    private static final int ROUNDS = 3;

    private final Session session;
    private final Lease claimer;
    private final int limit;
    private final List<WorkflowVersion> passedOver;
    private final String notPassedOver;

    Claims(Session session, Lease claimer, int limit, Set<WorkflowVersion> passedOver) {
        this.session = session;
        this.claimer = claimer;
        this.limit = limit;
        this.passedOver = List.copyOf(passedOver);
        // why: an execution that its owner has stored as held stays with it until it is released
        String notHeld = "AND NOT held ";
        notPassedOver = passedOver.isEmpty()
                ? notHeld
                : notHeld + "AND (project, workflow, current_version) NOT IN ("
                        + String.join(", ", Collections.nCopies(Texts.rounded(passedOver.size()), "(?, ?, ?)")) + ")";
    }

    /** Tells whether there is something to claim, and changes nothing: what an idle engine asks again and again. */
    boolean isWorthwhile() throws SQLException {
        Query query = session.query("""
                SELECT CASE WHEN EXISTS (
                        SELECT 1 FROM ${prefix}execution WHERE active AND owner = 0 ${notPassedOver})
                    OR EXISTS (
                        SELECT 1 FROM ${prefix}engine o
                        WHERE o.incarnation <> e.incarnation AND (o.lost OR o.lease_until <= ${now}) AND EXISTS (
                            SELECT 1 FROM ${prefix}execution WHERE active AND owner = o.incarnation ${notPassedOver}))
                    THEN 1 ELSE 0 END
                FROM ${prefix}engine e
                WHERE e.incarnation = ? AND e.name = ? AND NOT e.lost AND e.lease_until > ${now}
                """.replace("${notPassedOver}", notPassedOver));
        pass(query);
        pass(query);
        return query.number(claimer.incarnation())
                .text(claimer.engine())
                .first(row -> row.integer() == 1)
                .orElseThrow(() -> EngineTable.lost(claimer));
    }

    /** Claims. */
    List<Long> claim() throws SQLException {
        EngineTable.fence(session, claimer);
        List<Long> claimed = List.of();
        // why: without SKIP LOCKED another claimer may be faster with all that was found
        for (int round = 1; round <= ROUNDS && claimed.isEmpty(); round++) {
            Map<Long, Long> found = find();
            if (found.isEmpty()) {
                break;
            }
            claimed = take(found);
        }
        if (!claimed.isEmpty()) {
            EngineTable.removeIdle(session);
        }
        return claimed;
    }

    /** Finds the oldest ones, with their owners. */
    private Map<Long, Long> find() throws SQLException {
        TreeMap<Long, Long> found = new TreeMap<>();
        List<Long> lost = session.query("SELECT incarnation FROM ${prefix}engine WHERE lost")
                .list(Row::number);
        List<Long> over = session.query("""
                SELECT incarnation FROM ${prefix}engine
                WHERE NOT lost AND lease_until <= ${now} AND incarnation <> ?
                """).number(claimer.incarnation()).list(Row::number);
        find(ExecutionTable.NOBODY, "${skipLocked}", found);
        for (long owner : lost) {
            find(owner, "${skipLocked}", found);
        }
        for (long owner : over) {
            // why: these rows may still be its own; they are taken when its lease is lost
            find(owner, "", found);
        }
        while (found.size() > limit) {
            found.pollLastEntry();
        }
        for (long owner : over) {
            if (found.containsValue(owner) && !EngineTable.loseIfOver(session, owner)) {
                found.values().removeIf(other -> other == owner);
            }
        }
        return found;
    }

    private void find(long owner, String lock, Map<Long, Long> found) throws SQLException {
        Query query = session.query("SELECT exec_id FROM ${prefix}execution WHERE active AND owner = ? " + notPassedOver
                        + " ORDER BY exec_id LIMIT ? " + lock)
                .number(owner);
        pass(query);
        query.integer(limit).list(row -> found.put(row.number(), owner));
    }

    private void pass(Query query) throws SQLException {
        int count = passedOver.isEmpty() ? 0 : Texts.rounded(passedOver.size());
        for (int i = 0; i < count; i++) {
            WorkflowVersion version = passedOver.get(Math.min(i, passedOver.size() - 1));
            query.text(version.project()).text(version.workflow()).integer(version.version());
        }
    }

    /** Takes those that still have the owners with which they were found. */
    private List<Long> take(Map<Long, Long> found) throws SQLException {
        Map<Long, List<Long>> byOwner = new TreeMap<>();
        found.forEach((execId, owner) ->
                byOwner.computeIfAbsent(owner, key -> new ArrayList<>()).add(execId));
        List<Long> taken = new ArrayList<>();
        for (Map.Entry<Long, List<Long>> one : byOwner.entrySet()) {
            taken.addAll(take(one.getKey(), one.getValue()));
        }
        Collections.sort(taken);
        return taken;
    }

    private Collection<Long> take(long owner, List<Long> execIds) throws SQLException {
        int count = session.query("UPDATE ${prefix}execution SET owner = ?"
                        + " WHERE owner = ? AND active AND NOT held AND exec_id IN "
                        + Texts.placeholders(execIds))
                .number(claimer.incarnation())
                .number(owner)
                .numbers(execIds)
                .update();
        return count == execIds.size()
                ? execIds
                : session.query("SELECT exec_id FROM ${prefix}execution WHERE owner = ? AND exec_id IN "
                                + Texts.placeholders(execIds))
                        .number(claimer.incarnation())
                        .numbers(execIds)
                        .list(Row::number);
    }
}
