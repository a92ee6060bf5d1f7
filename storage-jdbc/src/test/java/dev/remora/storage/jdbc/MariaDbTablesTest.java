package dev.remora.storage.jdbc;

import dev.remora.storage.jdbc.testkit.DatabaseServers;
import dev.remora.storage.jdbc.testkit.TestDatabase;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

/** MariaDB. */
class MariaDbTablesTest extends TablesContract {
    private final TestDatabase database = DatabaseServers.mariaDb().newDatabase();

    @AfterEach
    void drop() {
        database.close();
    }

    @Override
    DataSource connections() throws SQLException {
        return TestConnections.mariaDb(database);
    }
}
