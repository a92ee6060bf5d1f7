package dev.remora.storage.jdbc;

import dev.remora.model.ExecutionFilter;
import dev.remora.model.ExecutionType;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionStore.StoredPage;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The queries of a list: one counts, one reads the page. Not safe for use by several threads. */
final class ListQuery {
    /** Sets the parameters of a condition. */
    @FunctionalInterface
    private interface Parameters {
        void set(Query query) throws SQLException;
    }

    private static final long MILLIS = 1000;
    private static final int NANOS_OF_MILLI = 1_000_000;

    private final ExecutionFilter filter;
    private final List<String> conditions = new ArrayList<>();
    private final List<Parameters> parameters = new ArrayList<>();
    private boolean matchesNothing;

    private ListQuery(ExecutionFilter filter) {
        this.filter = filter;
        filter.project().ifPresent(project -> text("project = ?", project));
        filter.submitUser().ifPresent(user -> text("submit_user = ?", user));
        addStatuses();
        addTypes();
        addTimes();
        addWorkflows();
    }

    static StoredPage run(Session session, ExecutionFilter filter) throws SQLException {
        ListQuery list = new ListQuery(filter);
        return list.matchesNothing ? new StoredPage(0, List.of()) : list.run(session);
    }

    private StoredPage run(Session session) throws SQLException {
        long total = count(session);
        if (filter.from() >= total) {
            return new StoredPage(total, List.of());
        }
        return new StoredPage(total, page(session));
    }

    private long count(Session session) throws SQLException {
        Query query = session.query("SELECT COUNT(*) FROM ${prefix}execution" + where());
        setAll(query);
        return query.first(Row::number).orElseThrow();
    }

    private List<dev.remora.spi.ExecutionRecord> page(Session session) throws SQLException {
        filter.after()
                .ifPresent(place -> add(
                        "place_time <= ? AND (place_time < ? OR exec_id < ?)",
                        query -> query.number(place.time()).number(place.time()).number(place.execId())));
        Query query = session.query("SELECT " + ExecutionTable.COLUMNS + " FROM ${prefix}execution" + where()
                + " ORDER BY place_time DESC, exec_id DESC LIMIT ? OFFSET ?");
        setAll(query);
        return query.integer(filter.size()).number(filter.from()).list(ExecutionTable::read);
    }

    private String where() {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    private void setAll(Query query) throws SQLException {
        for (Parameters one : parameters) {
            one.set(query);
        }
    }

    private void add(String condition, Parameters values) {
        conditions.add(condition);
        parameters.add(values);
    }

    private void text(String condition, String value) {
        if (Texts.isStorable(value)) {
            add(condition, query -> query.text(value));
        } else {
            matchesNothing = true;
        }
    }

    private void addStatuses() {
        if (!filter.statuses().isEmpty()) {
            add("status IN " + exactly(filter.statuses().size()), query -> {
                for (Status status : filter.statuses()) {
                    query.integer(status.code());
                }
            });
        }
    }

    private void addTypes() {
        if (!filter.types().isEmpty()) {
            add("type IN " + exactly(filter.types().size()), query -> {
                for (ExecutionType type : filter.types()) {
                    query.word(type.name());
                }
            });
        }
    }

    private static String exactly(int count) {
        return "(" + String.join(", ", Collections.nCopies(count, "?")) + ")";
    }

    private void addTimes() {
        filter.submittedFrom().ifPresent(from -> {
            long earliest = millis(from);
            boolean cut = from.getNano() % NANOS_OF_MILLI != 0;
            add(cut ? "submit_time > ?" : "submit_time >= ?", query -> query.number(earliest));
        });
        filter.submittedTo().ifPresent(to -> add("submit_time <= ?", query -> query.number(millis(to))));
    }

    /** Cuts to milliseconds, towards the past; what lies beyond all times that can be stored becomes the last of them. */
    private static long millis(Instant time) {
        if (Math.abs(time.getEpochSecond()) >= Long.MAX_VALUE / MILLIS) {
            return time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return time.getEpochSecond() * MILLIS + time.getNano() / NANOS_OF_MILLI;
    }

    private void addWorkflows() {
        if (filter.workflows().isEmpty() || filter.workflows().contains("")) {
            return;
        }
        List<String> prefixes =
                filter.workflows().stream().distinct().filter(Texts::isStorable).toList();
        List<String> ranges = new ArrayList<>();
        List<String> bounds = new ArrayList<>();
        for (String prefix : prefixes) {
            // why: a range is found in an index whatever the plan was made for; LIKE with a parameter is not
            Optional<String> behind = Texts.behind(prefix);
            ranges.add(behind.isPresent() ? "(workflow >= ? AND workflow < ?)" : "workflow >= ?");
            bounds.add(prefix);
            behind.ifPresent(bounds::add);
        }
        matchesNothing |= ranges.isEmpty();
        add("(" + String.join(" OR ", ranges) + ")", query -> {
            for (String bound : bounds) {
                query.text(bound);
            }
        });
    }
}
