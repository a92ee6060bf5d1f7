package dev.remora.storage.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.remora.error.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
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

    Lent lend() throws SQLException {
        Connection connection = connections.getConnection();
        try {
            return own ? new Lent(connection, false, 0) : Lent.prepared(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Finds out which database it is. */
    Dialect dialect() {
        try (Lent lent = lend()) {
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
        private final boolean autoCommit;
        /** The isolation to put back, 0 for none. */
        private final int isolation;

        private Lent(Connection connection, boolean autoCommit, int isolation) {
            this.connection = connection;
            this.autoCommit = autoCommit;
            this.isolation = isolation;
        }

        private static Lent prepared(Connection connection) throws SQLException {
            boolean autoCommit = connection.getAutoCommit();
            int isolation = connection.getTransactionIsolation();
            boolean changes = isolation != Connection.TRANSACTION_READ_COMMITTED;
            if (changes) {
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
            if (autoCommit) {
                connection.setAutoCommit(false);
            }
            return new Lent(connection, autoCommit, changes ? isolation : 0);
        }

        Connection connection() {
            return connection;
        }

        @Override
        public void close() throws SQLException {
            try (connection) {
                if (autoCommit) {
                    connection.setAutoCommit(true);
                }
                if (isolation != 0) {
                    connection.setTransactionIsolation(isolation);
                }
            }
        }
    }
}
