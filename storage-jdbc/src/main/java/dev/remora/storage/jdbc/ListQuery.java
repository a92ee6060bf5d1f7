package dev.remora.storage.jdbc;

import dev.remora.model.ExecutionCursor;
import dev.remora.model.ExecutionFilter;
import dev.remora.model.ExecutionType;
import dev.remora.model.Status;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionStore.StoredPage;
import dev.remora.spi.ProjectScope;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The queries of a list: one counts, one reads the page. Not safe for use by several threads. */
final class ListQuery {
    /** Sets the parameters of a condition. */
    @FunctionalInterface
    private interface Parameters {
        void set(Query query) throws SQLException;
    }

    private static final long MILLIS = 1000;
    private static final int NANOS_OF_MILLI = 1_000_000;

    /** A condition that holds one column to one value. */
    private record Equality(String column, Parameters value) {
        String sql() {
            return column + " = ?";
        }
    }

    private final ExecutionFilter filter;
    private final List<String> conditions = new ArrayList<>();
    private final List<Parameters> parameters = new ArrayList<>();
    private final List<Equality> equalities = new ArrayList<>();
    private boolean matchesNothing;

    private ListQuery(ExecutionFilter filter, ProjectScope scope) {
        this.filter = filter;
        addScope(scope);
        filter.project().ifPresent(project -> equal("project", project));
        filter.submitUser().ifPresent(user -> equal("submit_user", user));
        addStatuses();
        addTypes();
        addTimes();
        addWorkflows();
    }

    static StoredPage run(Session session, ExecutionFilter filter, ProjectScope scope) throws SQLException {
        ListQuery list = new ListQuery(filter, ProjectTable.named(session, scope));
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
        List<Equality> leading = List.of();
        Query query = session.query("SELECT COUNT(*) FROM ${prefix}execution" + where(leading));
        setAll(query, leading);
        return query.first(Row::number).orElseThrow();
    }

    /**
     * Reads the page from the end of an index that begins with what the filter holds to one value, and goes on with the
     * place. The order names these columns too, although they do not change it: H2 needs that to see that the index has
     * the order, and PostgreSQL, which otherwise may walk along all executions for those of a project that has not run
     * for a year, is told nothing of the value being one, so that no other index has that order.
     */
    private List<ExecutionRecord> page(Session session) throws SQLException {
        List<Equality> leading = leading();
        boolean ranged = session.dialect().ordersByRangesOnly() && !leading.isEmpty();
        List<Equality> replaced = ranged ? leading.subList(leading.size() - 1, leading.size()) : List.of();
        if (ranged) {
            addRange(replaced.get(0));
        } else {
            filter.after()
                    .ifPresent(place -> add(
                            "place_time <= ? AND (place_time < ? OR exec_id < ?)",
                            query -> query.number(place.time())
                                    .number(place.time())
                                    .number(place.execId())));
        }
        StringBuilder order = new StringBuilder();
        leading.forEach(one -> order.append(one.column()).append(" DESC, "));
        Query query = session.query("SELECT " + ExecutionTable.COLUMNS + " FROM ${prefix}execution" + where(replaced)
                + " ORDER BY " + order + "place_time DESC, exec_id DESC LIMIT ? OFFSET ?");
        setAll(query, replaced);
        return query.integer(filter.size()).number(filter.from()).list(ExecutionTable::read);
    }

    /** Returns the columns with which the best index begins; none if others may be better, as the planner may find out. */
    private List<Equality> leading() {
        boolean searches = filter.submittedFrom().isPresent()
                || filter.submittedTo().isPresent()
                || !filter.workflows().isEmpty();
        if (searches) {
            return List.of();
        }
        Optional<Equality> user = equality("submit_user");
        return user.isPresent()
                ? List.of(user.get())
                : Stream.of(equality("project"), equality("status"))
                        .flatMap(Optional::stream)
                        .toList();
    }

    private Optional<Equality> equality(String column) {
        return equalities.stream().filter(one -> one.column().equals(column)).findFirst();
    }

    private void addRange(Equality one) {
        String column = one.column();
        add(column + " >= ?", one.value());
        if (filter.after().isPresent()) {
            ExecutionCursor place = filter.after().get();
            // why: PostgreSQL takes the comparison of the first column for all of it, so that must not rule out its
            // value
            add("(" + column + ", place_time, exec_id) <= (?, ?, ?)", query -> {
                one.value().set(query);
                query.number(place.time()).number(Math.max(place.execId(), Long.MIN_VALUE + 1) - 1);
            });
        } else {
            add(column + " <= ?", one.value());
        }
    }

    private String where(List<Equality> replaced) {
        List<String> all = new ArrayList<>();
        equalities.stream()
                .filter(one -> !replaced.contains(one))
                .map(Equality::sql)
                .forEach(all::add);
        all.addAll(conditions);
        return all.isEmpty() ? "" : " WHERE " + String.join(" AND ", all);
    }

    private void setAll(Query query, List<Equality> replaced) throws SQLException {
        for (Equality one : equalities) {
            if (!replaced.contains(one)) {
                one.value().set(query);
            }
        }
        for (Parameters one : parameters) {
            one.set(query);
        }
    }

    private void add(String condition, Parameters values) {
        conditions.add(condition);
        parameters.add(values);
    }

    private void equal(String column, String value) {
        if (Texts.isStorable(value)) {
            equalities.add(new Equality(column, query -> query.text(value)));
        } else {
            matchesNothing = true;
        }
    }

    private void addScope(ProjectScope scope) {
        Set<String> names = scope instanceof ProjectScope.Named named ? named.names() : Set.of();
        if (names.size() == 1 && filter.project().isEmpty()) {
            equal("project", names.iterator().next());
        } else {
            ScopeCondition.of("project", scope).ifPresent(one -> add(one.sql(), one::set));
        }
    }

    private void addStatuses() {
        if (filter.statuses().size() == 1) {
            int code = filter.statuses().iterator().next().code();
            equalities.add(new Equality("status", query -> query.integer(code)));
        } else if (!filter.statuses().isEmpty()) {
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
