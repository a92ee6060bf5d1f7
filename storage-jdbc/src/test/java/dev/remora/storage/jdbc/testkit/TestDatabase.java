package dev.remora.storage.jdbc.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * One database of a test, empty at first. Its address is plain text, so that a test can hand it to another JVM. Safe for
 * use by several threads.
 */
public final class TestDatabase implements AutoCloseable {
    /**
     * The SQL by which the databases differ here.
     *
     * @param clock asks for the time, in microseconds
     * @param sleep waits for a number of seconds
     * @param schema is the name of the schema that is used
     * @param drop drops the database
     */
    record Dialect(String clock, String sleep, String schema, String drop) {}

    private static final int MICROS = 1_000_000;
    private static final int STEP = 1000;

    private final Dialect dialect;
    private final String url;
    private final String user;
    private final String password;

    TestDatabase(Dialect dialect, String url, String user, String password) {
        this.dialect = Objects.requireNonNull(dialect, "dialect");
        this.url = Objects.requireNonNull(url, "url");
        this.user = Objects.requireNonNull(user, "user");
        this.password = Objects.requireNonNull(password, "password");
    }

    /**
     * Returns where the database is.
     *
     * @return a JDBC URL, without user and password
     */
    public String url() {
        return url;
    }

    /**
     * Returns who connects.
     *
     * @return the name of a user who may do everything in this database
     */
    public String user() {
        return user;
    }

    /**
     * Returns the password.
     *
     * @return the password of {@link #user}
     */
    public String password() {
        return password;
    }

    /**
     * Opens a connection of its own.
     *
     * @return the connection, to be closed by the caller
     * @throws SQLException if the server cannot be reached
     */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /**
     * Runs one statement, and commits.
     *
     * @param sql the statement
     */
    public void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + " fails in " + url, e);
        }
    }

    /**
     * Returns what tables there are.
     *
     * @return their names
     */
    public List<String> tables() {
        String sql = "SELECT table_name FROM information_schema.tables WHERE table_schema = " + dialect.schema();
        List<String> tables = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot list the tables of " + url, e);
        }
        return tables;
    }

    /**
     * Waits, inside the database, until its clock has moved on.
     *
     * @param duration how far, at least
     */
    public void passTime(Duration duration) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            long end = clock(statement) + TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
            for (long now = clock(statement); now <= end; now = clock(statement)) {
                statement.execute(String.format(Locale.ROOT, dialect.sleep(), (double) (end - now + STEP) / MICROS));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot wait in " + url, e);
        }
    }

    private long clock(Statement statement) throws SQLException {
        try (ResultSet time = statement.executeQuery(dialect.clock())) {
            time.next();
            return time.getLong(1);
        }
    }

    /** Drops the database with all that is in it. Its server runs. */
    @Override
    public void close() {
        execute(dialect.drop());
    }
}
