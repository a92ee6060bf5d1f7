package dev.remora.storage.jdbc;

import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** H2. */
class H2LongLogTest extends LongLogContract {
    @TempDir
    private Path directory;

    private DataSource h2;

    @AfterEach
    void shutDown() throws SQLException {
        TestConnections.shutDown(h2);
    }

    @Override
    Explaining explaining() {
        h2 = TestConnections.h2(directory);
        return new Explaining(h2, Explaining.Way.H2);
    }
}
