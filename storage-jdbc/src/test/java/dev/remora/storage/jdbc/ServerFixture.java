package dev.remora.storage.jdbc;

import dev.remora.spi.Storage;
import dev.remora.storage.jdbc.testkit.DatabaseServer;
import dev.remora.storage.jdbc.testkit.TestDatabase;
import dev.remora.testkit.StorageFixture;
import java.time.Duration;

/** Storages in a database of their own on a real server. */
final class ServerFixture implements StorageFixture {
    private final TestDatabase database;

    ServerFixture(DatabaseServer server) {
        database = server.newDatabase();
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
        database.close();
    }
}
