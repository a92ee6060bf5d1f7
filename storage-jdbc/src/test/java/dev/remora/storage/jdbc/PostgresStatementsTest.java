package dev.remora.storage.jdbc;

import dev.remora.storage.jdbc.testkit.DatabaseServers;
import dev.remora.storage.jdbc.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;

/** PostgreSQL. */
class PostgresStatementsTest extends StatementsContract {
    private final TestDatabase database = DatabaseServers.postgres().newDatabase();

    @Override
    void drop() {
        database.close();
    }

    @Override
    DataSource connections() throws SQLException {
        return TestConnections.postgres(database);
    }

    @Override
    List<String> commit() {
        return List.of("SELECT 1 FROM remora_engine", "UPDATE remora_execution", "INSERT INTO remora_node");
    }

    @Override
    List<String> insertions(int parts) {
        return Collections.nCopies(parts, "INSERT INTO remora_execution");
    }

    @Override
    int mostRows() {
        return 5000;
    }

    @Override
    List<String> afterALook() {
        return List.of();
    }

    @Override
    List<String> afterwards() {
        return List.of();
    }
}
