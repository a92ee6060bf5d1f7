package dev.remora.storage.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.io.TempDir;

/** H2. */
class H2StatementsTest extends StatementsContract {
    @TempDir
    private Path directory;

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
    List<String> commit() {
        return List.of("SELECT 1 FROM remora_engine", "UPDATE remora_execution", "MERGE INTO remora_node");
    }

    @Override
    List<String> insertions(int parts) {
        return Collections.nCopies(parts, "INSERT INTO remora_execution");
    }

    @Override
    int mostRows() {
        return 1000;
    }

    @Override
    List<String> afterwards() {
        return List.of("CHECKPOINT SYNC", "commit");
    }
}
