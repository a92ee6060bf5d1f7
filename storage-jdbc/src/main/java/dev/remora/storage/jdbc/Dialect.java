package dev.remora.storage.jdbc;

import dev.remora.error.StorageException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/** What differs between the databases. Has no state; safe for use by several threads. */
interface Dialect {
    /** Finds out which database a connection leads to. */
    static Dialect of(Connection connection) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        String product = data.getDatabaseProductName();
        return switch (product.toLowerCase(Locale.ROOT)) {
            case "h2" -> new H2Dialect();
            case "postgresql" -> new PostgresDialect();
            case "mariadb", "mysql" -> new MySqlDialect();
            default ->
                throw new StorageException(
                        "the database is " + product + " " + data.getDatabaseProductVersion()
                                + "; H2, PostgreSQL, MariaDB and MySQL are supported",
                        false);
        };
    }

    /** The directory of the scripts, below {@code db}. */
    String scripts();

    /** An expression for the time on the clock of the database, in epoch milliseconds. */
    String now();

    /**
     * What follows a query of the row of an engine that commits for it, so that nobody can take the lease away meanwhile.
     * Where the database allows it, transactions of one engine, and renewals, do not wait for each other.
     */
    String fence();

    /**
     * What follows a query in a transaction of the caller's, so that it sees what others have committed since that began;
     * nothing where the level of isolation that the database has by default lets it see that anyway.
     */
    String latest();

    /** What follows a query to lock the rows that nobody else has locked; may be nothing. */
    String skipLocked();

    /** What follows a query of few rows to lock them, those left out that somebody else has locked, where that can be. */
    default String lockFree() {
        return skipLocked().isEmpty() ? "FOR UPDATE" : skipLocked();
    }

    /**
     * Whether a column that a condition holds to one value is left out of the order that an index must have, and rows are
     * compared column by column in an index.
     */
    boolean ordersByRangesOnly();

    /** What follows an insertion that does nothing if the key exists; nothing where it fails without other effect. */
    String unlessPresent();

    /** Writes many rows at once. */
    BulkWriter bulk();

    /** An expression for the name of the schema that holds the tables. */
    String schema();

    /** Sets a short text. */
    void setText(PreparedStatement statement, int index, String value) throws SQLException;

    /** Reads a short text; null if the column is null. */
    String getText(ResultSet row, int index) throws SQLException;

    /** Sets a null for a short text. */
    void setNullText(PreparedStatement statement, int index) throws SQLException;

    /** Makes sure that this connection alone changes the schema. */
    void lockSchema(Session session, String prefix) throws SQLException;

    /** Undoes {@link #lockSchema}, after the transaction. */
    void unlockSchema(Session session, String prefix) throws SQLException;

    /** Tells whether a change of the schema failed because another storage was faster. */
    boolean isOvertaken(SQLException error);

    /** Tells whether an error may pass, as far as this database's own codes say so. */
    boolean isTransient(SQLException error);

    /** Whether the database runs in this process, on the threads that call it, and suffers when they are interrupted. */
    boolean worksOnCallersThread();

    /** Whether a connection turns auto-commit on and off without asking the server. */
    default boolean turnsAutoCommitFreely() {
        return false;
    }

    /** Whether a commit must be followed by a synchronisation to be durable. */
    boolean needsSync();

    /** Checks the settings of the database that correctness depends on. */
    void check(Session session) throws SQLException;
}
