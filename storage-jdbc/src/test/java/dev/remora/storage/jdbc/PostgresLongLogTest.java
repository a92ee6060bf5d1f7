package dev.remora.storage.jdbc;

import dev.remora.storage.jdbc.testkit.DatabaseServers;
import dev.remora.storage.jdbc.testkit.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL. */
class PostgresLongLogTest extends LongLogContract {
    private final TestDatabase database = DatabaseServers.postgres().newDatabase();

    @AfterEach
    void drop() {
        database.close();
    }

    @Override
    Explaining explaining() {
        PGSimpleDataSource postgres = new PGSimpleDataSource();
        postgres.setUrl(database.url());
        postgres.setUser(database.user());
        return new Explaining(postgres, Explaining.Way.POSTGRES);
    }
}
