package dev.remora.storage.jdbc;

import dev.remora.storage.jdbc.testkit.DatabaseServers;
import dev.remora.testkit.StorageContract;
import dev.remora.testkit.StorageFixture;

/** MariaDB. */
class MariaDbStorageContractTest extends StorageContract {
    @Override
    protected StorageFixture newFixture() {
        return new ServerFixture(DatabaseServers.mariaDb());
    }
}
