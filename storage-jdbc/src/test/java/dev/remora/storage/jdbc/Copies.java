package dev.remora.storage.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Copies rows within a database, all at once, so that a large history comes about in seconds and looks like a real one. */
final class Copies {
    private final Connection connection;

    Copies(Connection connection) {
        this.connection = connection;
    }

    /**
     * Inserts rows that are made of others.
     *
     * @param table the table
     * @param changed expressions for the columns in which the copies differ
     * @param from the tables that the copies are made of, with conditions; the table itself is called o in it
     * @return how many rows there are more
     */
    int insert(String table, Map<String, String> changed, String from) throws SQLException {
        List<String> columns = columns(table);
        List<String> values = columns.stream()
                .map(column -> changed.getOrDefault(column, "o." + column))
                .toList();
        return update("INSERT INTO " + table + " (" + String.join(", ", columns) + ") SELECT "
                + String.join(", ", values) + " FROM " + from);
    }

    /** Runs a statement. */
    int update(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** Reads a number. */
    long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    /** The columns of a table that are given a value by whoever inserts a row. */
    private List<String> columns(String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet found =
                connection.getMetaData().getColumns(connection.getCatalog(), connection.getSchema(), table, null)) {
            while (found.next()) {
                boolean given = !"YES".equals(found.getString("IS_AUTOINCREMENT"))
                        && !"YES".equals(found.getString("IS_GENERATEDCOLUMN"));
                if (given) {
                    columns.add(found.getString("COLUMN_NAME"));
                }
            }
        }
        return columns;
    }
}
