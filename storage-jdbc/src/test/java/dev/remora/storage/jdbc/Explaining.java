package dev.remora.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Asks a database how many rows it reads for the queries that were made. */
final class Explaining {
    /**
     * How a database tells what it has read for a query.
     *
     * @param prefix what makes it run a query and tell
     * @param rows finds the numbers of rows; a second group is how often they were read
     */
    record Way(String prefix, Pattern rows) {
        static final Way H2 = new Way("EXPLAIN ANALYZE ", Pattern.compile("scanCount: (\\d+)"));
        static final Way POSTGRES = new Way(
                "EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) ",
                Pattern.compile("Scan .*\\(actual rows=(\\d+) loops=(\\d+)\\)|Rows Removed by Filter: (\\d+)"));
        static final Way MARIADB = new Way(
                "ANALYZE FORMAT=JSON ",
                Pattern.compile("\"r_loops\": (\\d+),\\s+.*?\"r_rows\": (\\d+)", Pattern.DOTALL));
    }

    private final DataSource real;
    private final Way way;
    private final Counting counting = new Counting();

    Explaining(DataSource real, Way way) {
        this.real = real;
        this.way = way;
    }

    /** Returns the connections that write down. */
    DataSource connections() {
        return counting.around(real);
    }

    /** Returns how many rows were read for all queries of a table since the last call. */
    long rowsReadSince(String table) throws SQLException {
        long rows = 0;
        try (Connection connection = real.getConnection()) {
            for (Counting.Ran one : counting.since()) {
                if (one.sql().startsWith("SELECT") && one.sql().contains(table)) {
                    rows += rowsRead(connection, one);
                }
            }
        }
        return rows;
    }

    /** Forgets what was asked until now. */
    void begin() {
        counting.since();
    }

    private long rowsRead(Connection connection, Counting.Ran one) throws SQLException {
        String explained = explain(connection, one);
        Matcher rows = way.rows().matcher(explained);
        long sum = 0;
        boolean told = false;
        while (rows.find()) {
            told = true;
            long product = 1;
            for (int group = 1; group <= rows.groupCount(); group++) {
                product *= rows.group(group) == null ? 1 : Long.parseLong(rows.group(group));
            }
            sum += product;
        }
        if (!told) {
            throw new IllegalStateException("nothing tells what was read: " + explained);
        }
        return sum;
    }

    private String explain(Connection connection, Counting.Ran one) throws SQLException {
        StringBuilder explained = new StringBuilder();
        try (PreparedStatement statement = one.again(connection, way.prefix());
                ResultSet lines = statement.executeQuery()) {
            while (lines.next()) {
                explained.append(lines.getString(1)).append('\n');
            }
        }
        return explained.toString();
    }
}
