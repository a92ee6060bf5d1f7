package dev.remora.storage.jdbc;

import dev.remora.spi.Storage;
import dev.remora.storage.jdbc.testkit.DatabaseServer;
import dev.remora.storage.jdbc.testkit.TestDatabase;
import dev.remora.testkit.StorageFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Storages in a database of their own on a real server. The databases are used again and again: to empty the tables takes
 * a moment, to make them takes longer than most tests.
 */
final class ServerFixture implements StorageFixture {
    private static final String PREFIX = "remora_";
    private static final Map<DatabaseServer, Queue<TestDatabase>> EMPTY = new ConcurrentHashMap<>();

    private final Queue<TestDatabase> empty;
    private final TestDatabase database;

    ServerFixture(DatabaseServer server) {
        empty = EMPTY.computeIfAbsent(server, one -> new ConcurrentLinkedQueue<>());
        database = Optional.ofNullable(empty.poll()).orElseGet(server::newDatabase);
    }

    TestDatabase database() {
        return database;
    }

    JdbcStorage.Builder builder() {
        return JdbcStorage.builder().url(database.url()).user(database.user()).password(database.password());
    }

    @Override
    public Storage open() {
        return builder().build();
    }

    @Override
    public void passTime(Duration duration) {
        database.passTime(duration);
    }

    @Override
    public boolean durable() {
        return true;
    }

    @Override
    public void close() {
        List<String> tables = database.tables();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String table : tables) {
                statement.executeUpdate(emptying(table));
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot empty " + database.url(), e);
        }
        empty.add(database);
    }

    private static String emptying(String table) {
        return switch (table) {
            case PREFIX + "storage" -> "UPDATE " + table + " SET id = '" + UUID.randomUUID() + "'";
            case PREFIX + "schema_version" -> "UPDATE " + table + " SET version = version";
            default -> table.startsWith(PREFIX) ? "DELETE FROM " + table : "DROP TABLE " + table;
        };
    }
}
