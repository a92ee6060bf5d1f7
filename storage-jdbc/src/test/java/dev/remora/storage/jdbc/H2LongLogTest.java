package dev.remora.storage.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** H2. */
class H2LongLogTest extends LongLogContract {
    @TempDir
    private Path directory;

    private final JdbcDataSource h2 = new JdbcDataSource();

    @AfterEach
    void shutDown() throws SQLException {
        try (Connection connection = h2.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        }
    }

    @Override
    Explaining explaining() {
        h2.setURL(Pool.addressOf(directory.resolve("data")) + ";DB_CLOSE_DELAY=-1");
        return new Explaining(h2, Explaining.Way.H2);
    }
}
