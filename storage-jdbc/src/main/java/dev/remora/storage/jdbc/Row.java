package dev.remora.storage.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** A row of a result, read column by column from the left. Not safe for use by several threads. */
final class Row {
    /** Makes a value of a row. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    private final ResultSet result;
    private final Dialect dialect;
    private int column;

    Row(ResultSet result, Dialect dialect) {
        this.result = result;
        this.dialect = dialect;
    }

    <T> T read(Reader<T> reader) throws SQLException {
        column = 0;
        return reader.read(this);
    }

    /** Reads a short text. */
    String text() throws SQLException {
        return dialect.getText(result, ++column);
    }

    /** Reads a short text that may be null. */
    Optional<String> optionalText() throws SQLException {
        return Optional.ofNullable(text());
    }

    /** Reads a word: ASCII that the storage itself has made. */
    String word() throws SQLException {
        return result.getString(++column);
    }

    /** Reads a word, or a long ASCII text, that may be null. */
    Optional<String> optionalWord() throws SQLException {
        return Optional.ofNullable(word());
    }

    long number() throws SQLException {
        return result.getLong(++column);
    }

    int integer() throws SQLException {
        return result.getInt(++column);
    }

    /** Reads a number that may be null. */
    OptionalLong optionalNumber() throws SQLException {
        long value = number();
        return result.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    boolean flag() throws SQLException {
        return result.getBoolean(++column);
    }

    byte[] bytes() throws SQLException {
        return result.getBytes(++column);
    }
}
