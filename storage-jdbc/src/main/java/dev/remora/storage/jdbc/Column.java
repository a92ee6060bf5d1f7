package dev.remora.storage.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A column of rows that are inserted, one by one or as an array.
 *
 * @param <R> what a row is made of
 * @param name its name
 * @param kind what it holds
 * @param value what it holds of a row; null for none, as JDBC has it
 */
record Column<R>(String name, Kind kind, Function<R, Object> value) {
    /** What a column holds. */
    enum Kind {
        TEXT("text", String[]::new),
        WORD("text", String[]::new),
        NUMBER("bigint", Long[]::new),
        INTEGER("integer", Integer[]::new),
        FLAG("boolean", Boolean[]::new);

        private final String type;
        private final IntFunction<Object[]> array;

        Kind(String type, IntFunction<Object[]> array) {
            this.type = type;
            this.array = array;
        }
    }

    static <R> Column<R> text(String name, Function<R, String> value) {
        return new Column<>(name, Kind.TEXT, value::apply);
    }

    static <R> Column<R> optionalText(String name, Function<R, Optional<String>> value) {
        return new Column<>(name, Kind.TEXT, row -> value.apply(row).orElse(null));
    }

    static <R> Column<R> word(String name, Function<R, String> value) {
        return new Column<>(name, Kind.WORD, value::apply);
    }

    static <R> Column<R> optionalWord(String name, Function<R, Optional<String>> value) {
        return new Column<>(name, Kind.WORD, row -> value.apply(row).orElse(null));
    }

    static <R> Column<R> number(String name, Function<R, Long> value) {
        return new Column<>(name, Kind.NUMBER, value::apply);
    }

    static <R> Column<R> integer(String name, Function<R, Integer> value) {
        return new Column<>(name, Kind.INTEGER, value::apply);
    }

    static <R> Column<R> flag(String name, Function<R, Boolean> value) {
        return new Column<>(name, Kind.FLAG, value::apply);
    }

    /** Sets it for one row. */
    void set(Query query, R row) throws SQLException {
        Object one = value.apply(row);
        switch (kind) {
            case TEXT -> query.text(Optional.ofNullable((String) one));
            case WORD -> query.word(Optional.ofNullable((String) one));
            case NUMBER -> query.number((Long) one);
            case INTEGER -> query.integer((Integer) one);
            case FLAG -> query.flag((Boolean) one);
        }
    }

    /** Sets it for many rows, where the database has arrays. */
    void setAll(Query query, List<R> rows) throws SQLException {
        Object[] all = rows.stream().map(value).toArray(kind.array);
        if (kind == Kind.TEXT) {
            for (Object one : all) {
                Query.requireStorable((String) one);
            }
        }
        query.array(kind.type, all);
    }
}
