package dev.remora.storage.jdbc;

import dev.remora.testkit.StorageFixture;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

class H2EveryStatementTest extends EveryStatementContract {
    private H2Fixture fixture;

    @Override
    protected StorageFixture newFixture() {
        fixture = new H2Fixture(builder -> builder);
        return fixture;
    }

    @Override
    DataSource connections() throws SQLException {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL(fixture.address());
        return h2;
    }
}
