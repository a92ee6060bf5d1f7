package dev.remora.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A transaction under way. Not safe for use by several threads. */
final class Session {
    private final Connection connection;
    private final Dialect dialect;
    private final String prefix;
    private final int timeoutSeconds;
    private final boolean ofCaller;

    Session(Connection connection, Dialect dialect, String prefix, int timeoutSeconds, boolean ofCaller) {
        this.connection = connection;
        this.dialect = dialect;
        this.prefix = prefix;
        this.timeoutSeconds = timeoutSeconds;
        this.ofCaller = ofCaller;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Tells whether this is a transaction of the caller's, whose end is not known. */
    boolean isOfCaller() {
        return ofCaller;
    }

    /**
     * Starts a statement. In the text, {@code ${prefix}} stands for the prefix of the tables, {@code ${now}} for the time
     * on the clock of the database, and {@code ${fence}}, {@code ${skipLocked}} and {@code ${schema}} for what the dialect
     * says.
     */
    Query query(String sql) throws SQLException {
        return prepared(connection.prepareStatement(expand(sql)));
    }

    /** Starts a statement that inserts one row, and returns the number that the database gives to it. */
    Query insert(String sql, String key) throws SQLException {
        return prepared(connection.prepareStatement(expand(sql), new String[] {key}));
    }

    private Query prepared(PreparedStatement statement) throws SQLException {
        statement.setQueryTimeout(timeoutSeconds);
        return new Query(statement, dialect);
    }

    private String expand(String sql) {
        return sql.replace("${prefix}", prefix)
                .replace("${now}", dialect.now())
                .replace("${fence}", dialect.fence())
                .replace("${skipLocked}", dialect.skipLocked())
                .replace("${schema}", dialect.schema());
    }
}
