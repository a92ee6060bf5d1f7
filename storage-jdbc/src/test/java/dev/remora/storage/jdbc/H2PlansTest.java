package dev.remora.storage.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.io.TempDir;

/** H2, which writes into its plans how much it has scanned. */
class H2PlansTest extends PlansContract {
    private static final Pattern SCANNED = Pattern.compile("scanCount: (\\d+)");

    @TempDir
    private static Path directory;

    /** Keeps the database open, as a pool would. */
    private Connection opener;

    @Override
    DataSource connections() throws SQLException {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL(Pool.addressOf(directory.resolve("data")));
        if (opener == null) {
            opener = h2.getConnection();
        }
        return h2;
    }

    @Override
    void drop() throws SQLException {
        opener.close();
    }

    @Override
    String numbers(int most) {
        return "(SELECT x AS n FROM SYSTEM_RANGE(1, " + most + ")) AS numbers";
    }

    @Override
    List<String> analyze() {
        return List.of("ANALYZE");
    }

    @Override
    long rowsRead(Connection connection, Counting.Ran query) throws SQLException {
        try (PreparedStatement statement = query.again(connection, "EXPLAIN ANALYZE ");
                ResultSet plan = statement.executeQuery()) {
            plan.next();
            return SCANNED.matcher(plan.getString(1))
                    .results()
                    .mapToLong(scan -> Long.parseLong(scan.group(1)))
                    .sum();
        }
    }
}
