package dev.remora.storage.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.remora.error.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Where connections come from, and how they are left when they go back. Safe for use by several threads. */
final class Source implements AutoCloseable {
    private final DataSource connections;
    private final boolean own;

    private Source(DataSource connections, boolean own) {
        this.connections = connections;
        this.own = own;
    }

    /** Takes a pool whose connections are set up for transactions; it is closed with the storage. */
    static Source ofPool(HikariDataSource pool) {
        return new Source(pool, true);
    }

    /** Takes the application's connections; they go back as they came. */
    static Source ofApplication(DataSource connections) {
        return new Source(connections, false);
    }

    /** @param autoCommit whether each statement is a transaction of its own */
    Lent lend(boolean autoCommit) throws SQLException {
        Connection connection = connections.getConnection();
        try {
            return own ? Lent.ofPool(connection, autoCommit) : Lent.prepared(connection, autoCommit);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Finds out which database it is. */
    Dialect dialect() {
        try (Lent lent = lend(false)) {
            Dialect dialect = Dialect.of(lent.connection());
            lent.connection().rollback();
            return dialect;
        } catch (SQLException e) {
            throw new StorageException(
                    "the database cannot be reached: " + e.getMessage(), SqlErrors.isTransient(e), e);
        }
    }

    @Override
    public void close() {
        if (own && connections instanceof HikariDataSource pool) {
            pool.close();
        }
    }

    /** A connection on loan, in which a transaction can begin. */
    static final class Lent implements AutoCloseable {
        private final Connection connection;
        /** The auto-commit to put back. */
        private final Optional<Boolean> autoCommit;

        /** The isolation to put back, 0 for none. */
        private final int isolation;

        private Lent(Connection connection, Optional<Boolean> autoCommit, int isolation) {
            this.connection = connection;
            this.autoCommit = autoCommit;
            this.isolation = isolation;
        }

        private static Lent ofPool(Connection connection, boolean autoCommit) throws SQLException {
            // why: the pool puts back what it was told of
            if (autoCommit) {
                connection.setAutoCommit(true);
            }
            return new Lent(connection, Optional.empty(), 0);
        }

        private static Lent prepared(Connection connection, boolean autoCommit) throws SQLException {
            boolean before = connection.getAutoCommit();
            int isolation = connection.getTransactionIsolation();
            boolean changes = isolation != Connection.TRANSACTION_READ_COMMITTED;
            if (changes) {
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
            boolean turns = before != autoCommit;
            if (turns) {
                connection.setAutoCommit(autoCommit);
            }
            return new Lent(connection, turns ? Optional.of(before) : Optional.empty(), changes ? isolation : 0);
        }

        Connection connection() {
            return connection;
        }

        @Override
        public void close() throws SQLException {
            try (connection) {
                if (autoCommit.isPresent()) {
                    connection.setAutoCommit(autoCommit.get());
                }
                if (isolation != 0) {
                    connection.setTransactionIsolation(isolation);
                }
            }
        }
    }
}
