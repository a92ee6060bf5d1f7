package dev.remora.storage.jdbc;

import dev.remora.storage.jdbc.testkit.DatabaseServers;
import dev.remora.storage.jdbc.testkit.TestDatabase;
import org.junit.jupiter.api.AfterEach;

/** PostgreSQL. */
class PostgresLongLogTest extends LongLogContract {
    private final TestDatabase database = DatabaseServers.postgres().newDatabase();

    @AfterEach
    void drop() {
        database.close();
    }

    @Override
    Explaining explaining() {
        return new Explaining(TestConnections.postgres(database), Explaining.Way.POSTGRES);
    }
}
