package dev.remora.storage.jdbc;

import java.nio.file.Path;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.io.TempDir;

/** H2. */
class H2LongLogTest extends LongLogContract {
    @TempDir
    private Path directory;

    @Override
    Explaining explaining() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL(Pool.addressOf(directory.resolve("data")) + ";DB_CLOSE_DELAY=-1");
        return new Explaining(h2, Explaining.Way.H2);
    }
}
