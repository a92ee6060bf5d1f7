package dev.remora.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.remora.error.StorageException;
import dev.remora.spi.Lease;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of H2: created, validated, left alone. */
class SchemaTest {
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    private Path directory;

    private JdbcStorage.Builder builder() {
        return JdbcStorage.builder().h2(directory.resolve("data"));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(Pool.addressOf(directory.resolve("data")));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void refused(SchemaMode mode, String... words) {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> builder().schema(mode).build())
                .satisfies(e -> assertThat(e.isTransient()).isFalse())
                .withMessageContainingAll(words);
    }

    @Test
    void whatWasCreatedIsThereAgain() {
        String id;
        Lease first;
        try (JdbcStorage storage = JdbcStorage.h2(directory.resolve("data"))) {
            id = storage.id();
            first = storage.engines().register("engine", LONG);
        }
        for (SchemaMode mode : SchemaMode.values()) {
            try (JdbcStorage storage = builder().schema(mode).build()) {
                assertThat(storage.id()).isEqualTo(id).matches("[0-9a-z-]{8,36}");
                assertThat(storage.engines().renew(first, LONG)).isTrue();
            }
        }
    }

    @Test
    void severalAtOnceCreateTheTables() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<JdbcStorage>> tasks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                tasks.add(() -> builder().build());
            }
            List<String> ids = new ArrayList<>();
            for (Future<JdbcStorage> opened : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
                ids.add(opened.get().id());
                opened.get().close();
            }
            assertThat(ids).hasSize(4).containsOnly(ids.get(0));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void prefixesShareNothing() {
        try (JdbcStorage one = builder().tablePrefix("one_").build();
                JdbcStorage two = builder().tablePrefix("one_two_").build()) {
            assertThat(one.id()).isNotEqualTo(two.id());
        }
        builder().tablePrefix("one_").schema(SchemaMode.VALIDATE).build().close();
        builder().tablePrefix("one_two_").schema(SchemaMode.VALIDATE).build().close();
    }

    @Test
    void missingTablesAreNamed() throws SQLException {
        refused(SchemaMode.VALIDATE, "lacks remora_backfill, ", "remora_engine, ", "db/h2");
        refused(SchemaMode.NONE, "REMORA_STORAGE");
        builder().build().close();
        execute("ALTER TABLE remora_node DROP COLUMN detail");
        execute("DROP TABLE remora_command");

        refused(SchemaMode.VALIDATE, "lacks remora_command, remora_node.detail; create");
    }

    @Test
    void tablesOfAnotherBuildAreRefused() throws SQLException {
        builder().build().close();
        execute("UPDATE remora_schema_version SET checksum = 'other'");

        refused(SchemaMode.VALIDATE, "other", "V001__first.sql");
        refused(SchemaMode.CREATE, "other", "V001__first.sql");
    }

    @Test
    void tablesOfANewerVersionAreRefused() throws SQLException {
        builder().build().close();
        execute("INSERT INTO remora_schema_version (version, applied_at) VALUES (99, 0)");

        refused(SchemaMode.VALIDATE, "99");
        refused(SchemaMode.CREATE, "99");
    }

    @Test
    void aScriptThatWasNotRunIsNamed() throws SQLException {
        builder().build().close();
        execute("DELETE FROM remora_schema_version");

        refused(SchemaMode.VALIDATE, "V001__first.sql");
        builder().build().close();
        builder().schema(SchemaMode.VALIDATE).build().close();
    }
}
