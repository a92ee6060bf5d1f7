package dev.remora.storage.jdbc;

import dev.remora.storage.jdbc.testkit.DatabaseServers;
import dev.remora.storage.jdbc.testkit.TestDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

/** PostgreSQL. */
class PostgresTablesTest extends TablesContract {
    private final TestDatabase database = DatabaseServers.postgres().newDatabase();

    @AfterEach
    void drop() {
        database.close();
    }

    @Override
    DataSource connections() {
        return TestConnections.postgres(database);
    }
}
