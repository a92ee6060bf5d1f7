package dev.remora.storage.jdbc;

import dev.remora.storage.jdbc.testkit.DatabaseServers;
import dev.remora.storage.jdbc.testkit.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;

/** MariaDB. */
class MariaDbLongLogTest extends LongLogContract {
    private final TestDatabase database = DatabaseServers.mariaDb().newDatabase();

    @AfterEach
    void drop() {
        database.close();
    }

    @Override
    Explaining explaining() throws SQLException {
        return new Explaining(TestConnections.mariaDb(database), Explaining.Way.MARIADB);
    }
}
