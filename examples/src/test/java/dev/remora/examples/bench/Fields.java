package dev.remora.examples.bench;

import dev.remora.examples.bench.JdbcByHand.Kept;
import dev.remora.storage.jdbc.JdbcStorage;
import dev.remora.storage.jdbc.testkit.DatabaseServer;
import dev.remora.storage.jdbc.testkit.PostgresServer;
import dev.remora.storage.jdbc.testkit.TestDatabase;
import dev.remora.storage.memory.MemoryStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Who is measured on which storage. */
final class Fields {
    private static final int APPENDED_PER_COMMIT = 1_024;
    private static final int ROWS_PER_COMMIT = 256;

    private Fields() {}

    static Field memory() {
        return new Field(
                List.of(new CounterLimit(), new FuturesByHand(), new RemoraContender("remora", MemoryStorage.create())),
                () -> {});
    }

    /** In files of a temporary directory, each commit on the device. */
    static Field h2() throws IOException {
        Path directory = Files.createTempDirectory("remora-bench");
        JdbcDataSource byHand = new JdbcDataSource();
        byHand.setURL("jdbc:h2:file:" + directory.resolve("by-hand") + ";DB_CLOSE_DELAY=-1");
        return database(
                new BenchDatabase(byHand, Optional.of("CHECKPOINT SYNC")),
                JdbcStorage.h2(directory.resolve("remora")),
                () -> remove(directory));
    }

    /** On a server of its own, with fsync. */
    static Field postgres() {
        DatabaseServer server = PostgresServer.launched();
        TestDatabase byHand = server.newDatabase();
        TestDatabase remora = server.newDatabase();
        JdbcStorage storage = JdbcStorage.builder()
                .url(remora.url())
                .user(remora.user())
                .password(remora.password())
                .build();
        return database(new BenchDatabase(dataSource(byHand), Optional.empty()), storage, server::close);
    }

    private static Field database(BenchDatabase byHand, JdbcStorage storage, Runnable end) {
        return new Field(
                List.of(
                        new JdbcByHand("append, 1,024 a commit", byHand, Kept.APPENDED_END, APPENDED_PER_COMMIT),
                        new JdbcByHand("3 writes, 256 a commit", byHand, Kept.INSERT_AND_TWO_UPDATES, ROWS_PER_COMMIT),
                        new RemoraContender("remora", storage)),
                end);
    }

    private static DataSource dataSource(TestDatabase database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser(database.user());
        source.setPassword(database.password());
        source.setReWriteBatchedInserts(true);
        return source;
    }

    private static void remove(Path directory) {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
