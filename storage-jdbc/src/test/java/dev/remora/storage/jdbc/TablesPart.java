package dev.remora.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.spi.Lease;
import dev.remora.testkit.Samples;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the parts share that look into the tables: a storage, and connections beside it. */
abstract class TablesPart {
    static final Duration LONG = Duration.ofHours(1);

    /** Counts what the storage does. */
    final Counting counting = new Counting();

    /** Connections of the test's own. */
    DataSource connections;

    JdbcStorage storage;
    Lease lease;

    /** Returns connections to an empty database. */
    abstract DataSource connections() throws SQLException;

    @BeforeEach
    final void open() throws SQLException {
        connections = connections();
        storage = JdbcStorage.builder().dataSource(counting.around(connections)).build();
        lease = storage.engines().register("engine", LONG);
        Samples.saveFor(storage, Samples.submission());
    }

    @AfterEach
    final void close() {
        storage.close();
    }

    /** Changes one row, behind the back of the storage. */
    final void execute(String sql) throws SQLException {
        try (Connection connection = connections.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            assertThat(update.executeUpdate()).isOne();
        }
    }
}
