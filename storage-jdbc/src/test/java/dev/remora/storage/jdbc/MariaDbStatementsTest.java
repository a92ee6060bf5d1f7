package dev.remora.storage.jdbc;

import dev.remora.storage.jdbc.testkit.DatabaseServers;
import dev.remora.storage.jdbc.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** MariaDB. */
class MariaDbStatementsTest extends StatementsContract {
    private final TestDatabase database = DatabaseServers.mariaDb().newDatabase();

    @Override
    void drop() {
        database.close();
    }

    @Override
    DataSource connections() throws SQLException {
        return TestConnections.mariaDb(database);
    }

    @Override
    List<String> commit() {
        return List.of(
                "SELECT 1 FROM remora_engine",
                "SELECT exec_id FROM remora_execution",
                "UPDATE remora_execution",
                "INSERT INTO remora_node");
    }

    @Override
    List<String> insertions(int parts) {
        return Stream.generate(() -> List.of("INSERT INTO remora_execution", "SELECT LAST_INSERT_ID()"))
                .limit(parts)
                .flatMap(List::stream)
                .toList();
    }

    @Override
    int mostRows() {
        return 1000;
    }

    @Override
    List<String> afterwards() {
        return List.of();
    }
}
