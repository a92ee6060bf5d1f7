package dev.remora.storage.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How rows are inserted into a table.
 *
 * @param <R> what a row is made of
 */
final class Insertion<R> {
    private final List<Column<R>> columns;
    private final String places;
    private final String values;
    private final String arrays;

    Insertion(String table, List<Column<R>> columns) {
        this.columns = columns;
        String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
        places = columns.stream().map(column -> "?").collect(Collectors.joining(", ", "(", ")"));
        String into = "INSERT INTO ${prefix}" + table + " (" + names + ") ";
        values = into + "VALUES " + places;
        // why: rows are inserted in their order, so that the numbers that they are given are in it too
        arrays = into + "SELECT " + names + " FROM unnest" + places + " WITH ORDINALITY AS v (" + names
                + ", place) ORDER BY place";
    }

    /** Returns the statement that inserts one row. */
    String ofOne() {
        return values;
    }

    /** Returns the statement that inserts some rows. */
    String of(int rows) {
        return values + (", " + places).repeat(rows - 1);
    }

    /** Returns the statement that inserts any number of rows, given as arrays. */
    String ofArrays() {
        return arrays;
    }

    /** Sets the values of one row. */
    Query set(Query query, R row) throws SQLException {
        for (Column<R> column : columns) {
            column.set(query, row);
        }
        return query;
    }

    /** Sets the arrays. */
    Query setArrays(Query query, List<R> rows) throws SQLException {
        for (Column<R> column : columns) {
            column.setAll(query, rows);
        }
        return query;
    }
}
