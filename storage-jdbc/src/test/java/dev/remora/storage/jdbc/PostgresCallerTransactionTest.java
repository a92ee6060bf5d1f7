package dev.remora.storage.jdbc;

import dev.remora.storage.jdbc.testkit.DatabaseServers;
import dev.remora.storage.jdbc.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;

/** PostgreSQL. */
class PostgresCallerTransactionTest extends CallerTransactionContract {
    private final TestDatabase database = DatabaseServers.postgres().newDatabase();

    @Override
    void drop() {
        database.close();
    }

    @Override
    JdbcStorage openStorage() {
        return JdbcStorage.builder()
                .url(database.url())
                .user(database.user())
                .password(database.password())
                .build();
    }

    @Override
    Connection openConnection() throws SQLException {
        return database.connect();
    }
}
