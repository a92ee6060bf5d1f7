package dev.remora.storage.jdbc;

import dev.remora.storage.jdbc.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections to an empty database, with nothing set that a storage would set on connections of its own. */
final class TestConnections {
    private TestConnections() {}

    static DataSource h2(Path directory) {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL(Pool.addressOf(directory.resolve("data")) + ";DB_CLOSE_DELAY=-1");
        return h2;
    }

    static void shutDown(DataSource h2) throws SQLException {
        try (Connection connection = h2.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        }
    }

    static DataSource postgres(TestDatabase database) {
        PGSimpleDataSource postgres = new PGSimpleDataSource();
        postgres.setUrl(database.url());
        postgres.setUser(database.user());
        postgres.setPassword(database.password());
        return postgres;
    }

    static DataSource mariaDb(TestDatabase database) throws SQLException {
        MariaDbDataSource mariaDb = new MariaDbDataSource(database.url());
        mariaDb.setUser(database.user());
        mariaDb.setPassword(database.password());
        return mariaDb;
    }
}
