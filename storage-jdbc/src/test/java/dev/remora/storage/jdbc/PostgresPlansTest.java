package dev.remora.storage.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.remora.storage.jdbc.testkit.DatabaseServers;
import dev.remora.storage.jdbc.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** PostgreSQL, whose plans say how many rows each scan returned, and how many it passed over. */
class PostgresPlansTest extends PlansContract {
    private final TestDatabase database = DatabaseServers.postgres().newDatabase();

    @Override
    DataSource connections() {
        return TestConnections.postgres(database);
    }

    @Override
    void drop() {
        database.close();
    }

    @Override
    String oneByte() {
        return "'\\x0a'::bytea";
    }

    @Override
    String numbers(int most) {
        return "generate_series(1, " + most + "::bigint) AS n";
    }

    @Override
    List<String> analyze() {
        return List.of("VACUUM ANALYZE");
    }

    @Override
    long rowsRead(Connection connection, Counting.Ran query) throws SQLException {
        try (PreparedStatement statement = query.again(connection, "EXPLAIN (ANALYZE, FORMAT JSON) ");
                ResultSet plan = statement.executeQuery()) {
            plan.next();
            return rowsRead(new JsonMapper().readTree(plan.getString(1)).path(0).path("Plan"));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static long rowsRead(JsonNode plan) {
        long sum = 0;
        // why: a bitmap scan reads the entries that its index scan below has found
        if (plan.path("Node Type").asText().endsWith("Scan")) {
            double rows = plan.path("Actual Rows").asDouble()
                    + plan.path("Rows Removed by Filter").asDouble()
                    + plan.path("Rows Removed by Index Recheck").asDouble();
            sum = Math.round(rows * plan.path("Actual Loops").asDouble());
        }
        for (JsonNode below : plan.path("Plans")) {
            sum += rowsRead(below);
        }
        return sum;
    }
}
