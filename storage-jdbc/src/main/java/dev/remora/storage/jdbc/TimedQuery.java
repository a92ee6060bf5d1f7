package dev.remora.storage.jdbc;

import dev.remora.model.ExecutionType;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.TimedFilter;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds scheduled and backfilled executions by schedule time. Where states are asked for of one schedule or of one backfill,
 * each state is one range of an index in the order that is wanted, so no more is read than is wanted, however long its
 * history is. Not safe for use by several threads.
 */
final class TimedQuery {
    /** Sets parameters. */
    @FunctionalInterface
    private interface Parameters {
        void set(Query query) throws SQLException;
    }

    private final TimedFilter filter;
    private final Optional<String> series;
    private final StringBuilder conditions = new StringBuilder();
    private final List<Parameters> parameters = new ArrayList<>();

    private TimedQuery(TimedFilter filter) {
        this.filter = filter;
        series = series(filter);
        series.ifPresent(one -> add("timed_series = ?", query -> query.text(one)));
        if (!byState()) {
            String workflow = NewRow.timedWorkflow(filter.project(), filter.workflow());
            add("timed_workflow = ?", query -> query.text(workflow));
        }
        filter.type().ifPresent(type -> add("type = ?", query -> query.word(type.name())));
        filter.from().ifPresent(time -> addBound(">", time));
        filter.to().ifPresent(time -> addBound("<", time));
    }

    /** All scheduled executions of a workflow are one series, and all of a backfill. */
    private static Optional<String> series(TimedFilter filter) {
        if (filter.backfillId().isPresent()) {
            return Optional.of(NewRow.backfillSeries(filter.backfillId().getAsLong()));
        }
        return filter.type()
                .filter(ExecutionType.SCHEDULER::equals)
                .map(type -> NewRow.timedWorkflow(filter.project(), filter.workflow()));
    }

    static List<ExecutionRecord> run(Session session, TimedFilter filter) throws SQLException {
        boolean possible =
                filter.limit() > 0 && Texts.isStorable(filter.project()) && Texts.isStorable(filter.workflow());
        return possible ? new TimedQuery(filter).run(session) : List.of();
    }

    private List<ExecutionRecord> run(Session session) throws SQLException {
        if (!byState()) {
            return all(session);
        }
        List<String> states = states();
        List<ExecutionRecord> found =
                states.size() == 1 ? ofOneState(session, states.get(0)) : ofStates(session, states);
        // why: naming the workflow in the query as well makes databases read along other indexes
        return found.stream().filter(this::isOfWorkflow).toList();
    }

    private boolean isOfWorkflow(ExecutionRecord record) {
        return record.submission().project().equals(filter.project())
                && record.submission().workflow().equals(filter.workflow());
    }

    private boolean byState() {
        return series.isPresent()
                && (!filter.statuses().isEmpty() || filter.held().isPresent());
    }

    /** Reads along all executions of the workflow, or of the series if one is wanted. */
    private List<ExecutionRecord> all(Session session) throws SQLException {
        String states = filter.held()
                .map(held -> " AND held = " + (held ? "TRUE" : "FALSE"))
                .orElse("");
        if (!filter.statuses().isEmpty()) {
            states += filter.statuses().stream()
                    .map(status -> String.valueOf(status.code()))
                    .collect(Collectors.joining(", ", " AND status IN (", ")"));
        }
        Query query = session.query("SELECT " + ExecutionTable.COLUMNS + " FROM ${prefix}execution WHERE " + conditions
                + states + order("timed_workflow, ") + " LIMIT ?");
        setAll(query);
        return query.integer(filter.limit()).list(ExecutionTable::read);
    }

    private List<ExecutionRecord> ofOneState(Session session, String state) throws SQLException {
        Query query =
                session.query("SELECT " + ExecutionTable.COLUMNS + " FROM ${prefix}execution WHERE " + ordered(state));
        setAll(query);
        return query.integer(filter.limit()).list(ExecutionTable::read);
    }

    private List<ExecutionRecord> ofStates(Session session, List<String> states) throws SQLException {
        String ids = states.stream()
                .map(state -> "(SELECT exec_id FROM ${prefix}execution WHERE " + ordered(state) + ")")
                .collect(Collectors.joining(" UNION ALL "));
        // why: the names of columns are qualified by the table alone, as the other one has the id only
        String columns = ExecutionTable.COLUMNS.replaceFirst("exec_id", "x.exec_id");
        Query query = session.query("SELECT " + columns + " FROM (" + ids
                + ") AS found JOIN ${prefix}execution x ON x.exec_id = found.exec_id"
                + order("").replace("exec_id", "x.exec_id") + " LIMIT ?");
        for (int i = 0; i < states.size(); i++) {
            setAll(query);
            query.integer(filter.limit());
        }
        return query.integer(filter.limit()).list(ExecutionTable::read);
    }

    private String ordered(String state) {
        return conditions + state + order("timed_series, timed_state, ") + " LIMIT ?";
    }

    /** The conditions for each state wanted, with and without being held. */
    private List<String> states() {
        Set<Status> statuses = filter.statuses().isEmpty() ? EnumSet.allOf(Status.class) : filter.statuses();
        List<Boolean> held = filter.held().map(List::of).orElse(List.of(false, true));
        return statuses.stream()
                .sorted()
                .flatMap(status -> held.stream().map(one -> status.code() * 2 + (one ? 1 : 0)))
                .map(state -> " AND timed_state = " + state)
                .toList();
    }

    /** An order that names the columns that have one value, too: H2 needs that to see that an index has the order. */
    private String order(String leading) {
        String columns = leading + "schedule_second, schedule_nano, exec_id";
        return " ORDER BY " + (filter.latestFirst() ? columns.replace(",", " DESC,") + " DESC" : columns);
    }

    private void addBound(String direction, Instant time) {
        // why: the first condition is a range of the index, the second one is exact
        add("schedule_second " + direction + "= ?", query -> query.number(time.getEpochSecond()));
        add(
                "(schedule_second " + direction + " ? OR schedule_nano " + direction + "= ?)",
                query -> query.number(time.getEpochSecond()).integer(time.getNano()));
    }

    private void add(String condition, Parameters values) {
        conditions.append(conditions.isEmpty() ? "" : " AND ").append(condition);
        parameters.add(values);
    }

    private void setAll(Query query) throws SQLException {
        for (Parameters one : parameters) {
            one.set(query);
        }
    }
}
