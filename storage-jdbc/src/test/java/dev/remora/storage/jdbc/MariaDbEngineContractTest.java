package dev.remora.storage.jdbc;

import dev.remora.storage.jdbc.testkit.DatabaseServers;
import dev.remora.testkit.EngineContract;
import dev.remora.testkit.StorageFixture;

/** MariaDB. */
class MariaDbEngineContractTest extends EngineContract {
    @Override
    protected StorageFixture newFixture() {
        return new ServerFixture(DatabaseServers.mariaDb());
    }
}
