package dev.remora.storage.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

/** H2. */
class H2CallerTransactionTest extends CallerTransactionContract {
    @TempDir
    private Path directory;

    @Override
    JdbcStorage openStorage() {
        return JdbcStorage.h2(directory.resolve("data"));
    }

    @Override
    Connection openConnection() throws SQLException {
        return DriverManager.getConnection(Pool.addressOf(directory.resolve("data")));
    }

    @Override
    void drop() {
        // why: the file goes with its directory
    }
}
