package dev.remora.storage.jdbc;

import dev.remora.error.StorageException;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A statement whose parameters are set from the left, and which is then run once; or a batch, whose rows are set one by
 * one. It closes itself when it has run. Not safe for use by several threads.
 */
final class Query {
    private static final int FETCH_SIZE = 1000;
    private static final int SHOWN = 20;

    private final PreparedStatement statement;
    private final Dialect dialect;
    private int parameter;

    Query(PreparedStatement statement, Dialect dialect) {
        this.statement = statement;
        this.dialect = dialect;
    }

    /** Sets a short text. */
    Query text(String value) throws SQLException {
        requireStorable(value);
        dialect.setText(statement, ++parameter, value);
        return this;
    }

    /** Throws unless every database can store a short text; null is fine. */
    static void requireStorable(String value) {
        if (value != null && !Texts.isStorable(value)) {
            throw new StorageException(
                    "a text of " + value.length() + " characters holds NUL or half of a surrogate pair, which not every"
                            + " database can store; it begins with '"
                            + value.substring(0, Math.min(SHOWN, value.length()))
                            + "'",
                    false);
        }
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

    /** Sets a number or null. */
    Query optionalNumber(Optional<Long> value) throws SQLException {
        if (value.isPresent()) {
            return number(value.get());
        }
        statement.setNull(++parameter, Types.BIGINT);
        return this;
    }

    /** Sets as many numbers as {@link Texts#placeholders} makes room for; the last one fills what is left. */
    Query numbers(Collection<Long> values) throws SQLException {
        long last = 0;
        for (long value : values) {
            number(value);
            last = value;
        }
        for (int i = values.size(); i < Texts.rounded(values.size()); i++) {
            number(last);
        }
        return this;
    }

    /** Sets as many words as {@link Texts#placeholders} makes room for; the last one fills what is left. */
    Query words(Collection<String> values) throws SQLException {
        String last = "";
        for (String value : values) {
            word(value);
            last = value;
        }
        for (int i = values.size(); i < Texts.rounded(values.size()); i++) {
            word(last);
        }
        return this;
    }

    /** Sets as many short texts as {@link Texts#placeholders} makes room for; the last one fills what is left. */
    Query texts(Collection<String> values) throws SQLException {
        String last = "";
        for (String value : values) {
            text(value);
            last = value;
        }
        for (int i = values.size(); i < Texts.rounded(values.size()); i++) {
            text(last);
        }
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

    /**
     * Inserts a row by a statement that ends with {@link Dialect#unlessPresent}.
     *
     * @return whether it was inserted; else there is one with its key
     */
    boolean insertUnlessPresent() throws SQLException {
        try {
            return update() == 1;
        } catch (SQLException e) {
            if (SqlErrors.isDuplicateKey(e)) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Inserts a row by a query that was made by {@link Session#insert}.
     *
     * @return the number that the database gave it; empty if it was not inserted, as the query allows
     */
    OptionalLong insert() throws SQLException {
        try (statement) {
            statement.executeUpdate();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                return keys.next() ? OptionalLong.of(keys.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /** Inserts rows by a query that was made by {@link Session#insert}, and returns their numbers, in their order. */
    List<Long> insertAll() throws SQLException {
        try (statement) {
            statement.executeUpdate();
            return keys();
        }
    }

    /** Inserts a batch by a query that was made by {@link Session#insert}, and returns the numbers, in their order. */
    List<Long> insertBatch() throws SQLException {
        try (statement) {
            statement.executeBatch();
            return keys();
        }
    }

    private List<Long> keys() throws SQLException {
        List<Long> all = new ArrayList<>();
        try (ResultSet keys = statement.getGeneratedKeys()) {
            while (keys.next()) {
                all.add(keys.getLong(1));
            }
        }
        return all;
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
