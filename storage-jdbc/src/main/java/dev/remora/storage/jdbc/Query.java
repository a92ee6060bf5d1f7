package dev.remora.storage.jdbc;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A statement whose parameters are set from the left, and which is then run once; or a batch, whose rows are set one by
 * one. It closes itself when it has run. Not safe for use by several threads.
 */
final class Query {
    private static final int FETCH_SIZE = 1000;

    private final PreparedStatement statement;
    private final Dialect dialect;
    private int parameter;

    Query(PreparedStatement statement, Dialect dialect) {
        this.statement = statement;
        this.dialect = dialect;
    }

    /** Sets a short text. */
    Query text(String value) throws SQLException {
        dialect.setText(statement, ++parameter, value);
        return this;
    }

    /** Sets a short text or null. */
    Query text(Optional<String> value) throws SQLException {
        if (value.isPresent()) {
            return text(value.get());
        }
        dialect.setNullText(statement, ++parameter);
        return this;
    }

    /** Sets a word, or a long text: ASCII that the storage itself has made. */
    Query word(String value) throws SQLException {
        statement.setString(++parameter, value);
        return this;
    }

    /** Sets a word, or a long ASCII text, or null. */
    Query word(Optional<String> value) throws SQLException {
        if (value.isPresent()) {
            return word(value.get());
        }
        statement.setNull(++parameter, Types.VARCHAR);
        return this;
    }

    Query number(long value) throws SQLException {
        statement.setLong(++parameter, value);
        return this;
    }

    Query integer(int value) throws SQLException {
        statement.setInt(++parameter, value);
        return this;
    }

    Query flag(boolean value) throws SQLException {
        statement.setBoolean(++parameter, value);
        return this;
    }

    Query bytes(byte[] value) throws SQLException {
        statement.setBytes(++parameter, value);
        return this;
    }

    /** Sets an array, where the database has them. */
    Query array(String type, Object[] values) throws SQLException {
        Array array = statement.getConnection().createArrayOf(type, values);
        statement.setArray(++parameter, array);
        return this;
    }

    /** Reads all rows. */
    <T> List<T> list(Row.Reader<T> reader) throws SQLException {
        try (statement) {
            statement.setFetchSize(FETCH_SIZE);
            try (ResultSet result = statement.executeQuery()) {
                List<T> list = new ArrayList<>();
                Row row = new Row(result, dialect);
                while (result.next()) {
                    list.add(row.read(reader));
                }
                return list;
            }
        }
    }

    /** Reads the first row, if there is one. */
    <T> Optional<T> first(Row.Reader<T> reader) throws SQLException {
        try (statement;
                ResultSet result = statement.executeQuery()) {
            return result.next() ? Optional.of(new Row(result, dialect).read(reader)) : Optional.empty();
        }
    }

    /** Tells whether there is a row. */
    boolean exists() throws SQLException {
        return first(row -> true).isPresent();
    }

    /** Changes rows, and returns how many. */
    int update() throws SQLException {
        try (statement) {
            return statement.executeUpdate();
        }
    }

    /** Inserts a row of a query that was made by {@link Session#insert}, and returns the number the database gave it. */
    long insert() throws SQLException {
        try (statement) {
            statement.executeUpdate();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                if (!keys.next()) {
                    throw new SQLException("the database did not say which number it gave to a new row");
                }
                return keys.getLong(1);
            }
        }
    }

    /** Adds the parameters that were set to the batch, and begins anew. */
    void add() throws SQLException {
        statement.addBatch();
        parameter = 0;
    }

    /** Runs the batch, and returns how many rows each member changed, as far as the database says so. */
    int[] batch() throws SQLException {
        try (statement) {
            return statement.executeBatch();
        }
    }
}
