package dev.remora.examples.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** A table of nodes as somebody would make who needs nothing else, and the statements on it. */
final class Tables {
    private static final int INSERTED = 1;
    private static final int STARTED = 2;
    private static final int ENDED = 3;

    /** What happened to a node. */
    record Change(long run, int node, int status) {
        static Change inserted(long run, int node) {
            return new Change(run, node, INSERTED);
        }

        static Change started(long run, int node) {
            return new Change(run, node, STARTED);
        }

        static Change ended(long run, int node) {
            return new Change(run, node, ENDED);
        }
    }

    private Tables() {}

    static void create(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS bench_node");
            statement.execute("CREATE TABLE bench_node (run BIGINT NOT NULL, node INT NOT NULL, status INT NOT NULL, "
                    + "started_at BIGINT NOT NULL, ended_at BIGINT NOT NULL, PRIMARY KEY (run, node))");
            statement.execute("DROP TABLE IF EXISTS bench_event");
            statement.execute("CREATE TABLE bench_event (run BIGINT NOT NULL, node INT NOT NULL, status INT NOT NULL, "
                    + "at BIGINT NOT NULL)");
        }
    }

    /** Adds rows without a key: the least that keeps the ends of nodes at all. */
    static void append(Connection connection, List<Change> changes) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO bench_event (run, node, status, at) VALUES (?, ?, ?, ?)")) {
            for (Change change : changes) {
                insert.setLong(1, change.run());
                insert.setInt(2, change.node());
                insert.setInt(3, change.status());
                insert.setLong(4, System.currentTimeMillis());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Inserts and updates rows, in the order of what happened to each. */
    static void apply(Connection connection, List<Change> changes) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO bench_node (run, node, status, started_at, ended_at) VALUES (?, ?, 0, 0, 0)");
                PreparedStatement start = connection.prepareStatement(
                        "UPDATE bench_node SET status = 3, started_at = ? WHERE run = ? AND node = ?");
                PreparedStatement end = connection.prepareStatement(
                        "UPDATE bench_node SET status = 4, ended_at = ? WHERE run = ? AND node = ?")) {
            for (Change change : changes) {
                if (change.status() == INSERTED) {
                    insert.setLong(1, change.run());
                    insert.setInt(2, change.node());
                    insert.addBatch();
                } else {
                    PreparedStatement update = change.status() == STARTED ? start : end;
                    update.setLong(1, System.currentTimeMillis());
                    update.setLong(2, change.run());
                    update.setInt(3, change.node());
                    update.addBatch();
                }
            }
            // why: of one node the insert comes before the start, and the start before the end
            insert.executeBatch();
            start.executeBatch();
            end.executeBatch();
        }
    }
}
