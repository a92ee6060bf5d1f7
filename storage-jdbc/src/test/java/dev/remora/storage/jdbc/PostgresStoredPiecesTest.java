package dev.remora.storage.jdbc;

import dev.remora.storage.jdbc.testkit.DatabaseServers;
import dev.remora.storage.jdbc.testkit.TestDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL. */
class PostgresStoredPiecesTest extends StoredPiecesContract {
    private final TestDatabase database = DatabaseServers.postgres().newDatabase();

    @AfterEach
    void drop() {
        database.close();
    }

    @Override
    DataSource connections() {
        PGSimpleDataSource postgres = new PGSimpleDataSource();
        postgres.setUrl(database.url());
        postgres.setUser(database.user());
        return postgres;
    }
}
