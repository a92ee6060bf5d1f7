package dev.remora.storage.jdbc;

import dev.remora.storage.jdbc.testkit.DatabaseServers;
import dev.remora.storage.jdbc.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** MariaDB, which counts what its sessions read, index entries and rows alike. */
class MariaDbPlansTest extends PlansContract {
    private final TestDatabase database = DatabaseServers.mariaDb().newDatabase();

    @Override
    DataSource connections() throws SQLException {
        return TestConnections.mariaDb(database);
    }

    @Override
    void drop() {
        database.close();
    }

    @Override
    String numbers(int most) {
        return "(SELECT seq AS n FROM seq_1_to_" + most + ") AS numbers";
    }

    @Override
    List<String> analyze() {
        return List.of(
                "ANALYZE TABLE remora_execution, remora_node, remora_log_chunk, remora_workflow, remora_schedule");
    }

    @Override
    long rowsRead(Connection connection, Counting.Ran query) throws SQLException {
        long before = handled(connection);
        try (PreparedStatement statement = query.again(connection, "");
                ResultSet result = statement.execute() ? statement.getResultSet() : null) {
            while (result != null && result.next()) {
                result.getObject(1);
            }
        }
        return handled(connection) - before;
    }

    private static long handled(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet counters = statement.executeQuery("""
                        SHOW SESSION STATUS WHERE variable_name IN ('Handler_read_first', 'Handler_read_key',
                            'Handler_read_last', 'Handler_read_next', 'Handler_read_prev')
                        """)) {
            long sum = 0;
            while (counters.next()) {
                sum += counters.getLong(2);
            }
            return sum;
        }
    }
}
