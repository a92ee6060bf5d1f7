package dev.remora.storage.jdbc;

import dev.remora.model.Status;
import dev.remora.spi.EndedFilter;
import dev.remora.spi.ExecutionRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The query of executions that have ended, the oldest first, along an index that begins with what the filter holds to one
 * value, and goes on with the place. The order names these columns for the same reasons as in {@link ListQuery}. Not safe
 * for use by several threads.
 */
final class EndedQuery {
    /** Sets the parameters of a condition. */
    @FunctionalInterface
    private interface Parameters {
        void set(Query query) throws SQLException;
    }

    private record Equality(String column, Parameters value) {}

    private final EndedFilter filter;
    private final List<String> conditions = new ArrayList<>();
    private final List<Parameters> parameters = new ArrayList<>();

    private EndedQuery(EndedFilter filter) {
        this.filter = filter;
    }

    static List<ExecutionRecord> run(Session session, EndedFilter filter) throws SQLException {
        return filter.limit() <= 0 ? List.of() : new EndedQuery(filter).run(session);
    }

    private List<ExecutionRecord> run(Session session) throws SQLException {
        List<Equality> leading = leading();
        boolean ranged = session.dialect().ordersByRangesOnly();
        int exact = ranged ? leading.size() - 1 : leading.size();
        leading.subList(0, exact).forEach(one -> add(one.column() + " = ?", one.value()));
        if (ranged) {
            addRange(leading.get(exact));
        } else {
            addBehind();
        }
        addRest();
        StringBuilder order = new StringBuilder();
        leading.forEach(one -> order.append(one.column()).append(", "));
        Query query = session.query("SELECT " + ExecutionTable.COLUMNS + " FROM ${prefix}execution x WHERE "
                + String.join(" AND ", conditions) + " ORDER BY " + order + "place_time, exec_id LIMIT ?");
        for (Parameters one : parameters) {
            one.set(query);
        }
        return query.integer(filter.limit()).list(ExecutionTable::read);
    }

    /** Returns what the filter holds to one value, at least one column; several states go one by one. */
    private List<Equality> leading() {
        List<Equality> leading = new ArrayList<>();
        filter.project().ifPresent(project -> leading.add(new Equality("project", query -> query.text(project))));
        if (filter.workflow().isPresent()) {
            String workflow = filter.workflow().get();
            leading.add(new Equality("workflow", query -> query.text(workflow)));
        } else if (filter.statuses().size() == 1) {
            int code = filter.statuses().iterator().next().code();
            leading.add(new Equality("status", query -> query.integer(code)));
        }
        if (leading.isEmpty()) {
            leading.add(new Equality("active", query -> query.flag(false)));
        }
        return leading;
    }

    private void addRange(Equality one) {
        add(one.column() + " <= ?", one.value());
        if (filter.behind().isPresent()) {
            add("(" + one.column() + ", place_time, exec_id) > (?, ?, ?)", query -> {
                one.value().set(query);
                query.number(filter.behind().get().time())
                        .number(filter.behind().get().execId());
            });
        } else {
            add(one.column() + " >= ?", one.value());
        }
    }

    private void addBehind() {
        filter.behind()
                .ifPresent(place -> add(
                        "place_time >= ? AND (place_time > ? OR exec_id > ?)",
                        query -> query.number(place.time()).number(place.time()).number(place.execId())));
    }

    private void addRest() {
        filter.before()
                .ifPresent(place -> add(
                        "place_time <= ? AND (place_time < ? OR exec_id < ?)",
                        query -> query.number(place.time()).number(place.time()).number(place.execId())));
        // why: what ended before a time has started before it, and places are in the index
        filter.endedBefore()
                .ifPresent(bound -> add(
                        "place_time < ? AND ended_at < ?",
                        query -> query.number(bound.toEpochMilli()).number(bound.toEpochMilli())));
        add(
                "status IN ("
                        + String.join(
                                ", ", Collections.nCopies(filter.statuses().size(), "?")) + ")",
                query -> {
                    for (Status status : filter.statuses()) {
                        query.integer(status.code());
                    }
                });
        boolean mayBeTooYoung = filter.endedBefore()
                .filter(bound -> !bound.isAfter(filter.unsavedEndedBefore()))
                .isEmpty();
        if (mayBeTooYoung) {
            add("""
                    (ended_at < ? OR NOT EXISTS (SELECT 1 FROM ${prefix}workflow w
                        WHERE w.project = x.project AND w.name = x.workflow AND w.unsaved))""", query -> query.number(filter.unsavedEndedBefore().toEpochMilli()));
        }
    }

    private void add(String condition, Parameters values) {
        conditions.add(condition);
        parameters.add(values);
    }
}
