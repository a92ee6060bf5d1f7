package dev.remora.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remora.Remora;
import dev.remora.model.RunRequest;
import dev.remora.model.Status;
import dev.remora.model.Workflow;
import dev.remora.spi.JavaJob;
import dev.remora.storage.jdbc.JdbcStorage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example of a run that exists if and only if its caller commits. */
class DurableTest {
    @TempDir
    Path directory;

    // begin of the example
    static long order(DataSource shop, JdbcStorage storage, Remora remora, String item) throws SQLException {
        try (Connection connection = shop.getConnection();
                PreparedStatement order = connection.prepareStatement("INSERT INTO orders (item) VALUES (?)")) {
            connection.setAutoCommit(false);
            order.setString(1, item);
            order.executeUpdate();
            long execId = storage.within(connection, () -> remora.executor().run(RunRequest.of("shop", "delivery")));
            connection.commit();
            return execId;
        }
    }
    // end of the example

    @Test
    void theRunIsThereAfterTheCommit() throws Exception {
        JdbcDataSource shop = new JdbcDataSource();
        shop.setURL("jdbc:h2:file:" + directory.resolve("shop") + ";DB_CLOSE_DELAY=-1");
        try (Connection connection = shop.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders (item VARCHAR(100))");
        }
        try (JdbcStorage storage = JdbcStorage.builder().dataSource(shop).build();
                Remora remora = Remora.builder()
                        .storage(storage)
                        .java("PACK", JavaJob.of(context -> {}))
                        .start()) {
            remora.workflows()
                    .save(
                            "shop",
                            "delivery",
                            Workflow.builder().node("pack", "PACK").build());
            long execId = order(shop, storage, remora, "book");
            assertThat(remora.query()
                            .await(execId, Duration.ofMinutes(1))
                            .orElseThrow()
                            .status())
                    .isEqualTo(Status.SUCCESS);
        }
    }
}
