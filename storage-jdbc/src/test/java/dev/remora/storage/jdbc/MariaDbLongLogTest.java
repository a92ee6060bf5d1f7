package dev.remora.storage.jdbc;

import dev.remora.storage.jdbc.testkit.DatabaseServers;
import dev.remora.storage.jdbc.testkit.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.mariadb.jdbc.MariaDbDataSource;

/** MariaDB. */
class MariaDbLongLogTest extends LongLogContract {
    private final TestDatabase database = DatabaseServers.mariaDb().newDatabase();

    @AfterEach
    void drop() {
        database.close();
    }

    @Override
    Explaining explaining() throws SQLException {
        MariaDbDataSource mariaDb = new MariaDbDataSource(database.url());
        mariaDb.setUser(database.user());
        return new Explaining(mariaDb, Explaining.Way.MARIADB);
    }
}
