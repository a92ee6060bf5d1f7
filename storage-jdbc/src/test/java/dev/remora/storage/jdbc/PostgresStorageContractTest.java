package dev.remora.storage.jdbc;

import dev.remora.storage.jdbc.testkit.DatabaseServers;
import dev.remora.testkit.StorageContract;
import dev.remora.testkit.StorageFixture;

/** PostgreSQL. */
class PostgresStorageContractTest extends StorageContract {
    @Override
    protected StorageFixture newFixture() {
        return new ServerFixture(DatabaseServers.postgres());
    }
}
