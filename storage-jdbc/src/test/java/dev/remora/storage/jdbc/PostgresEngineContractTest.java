package dev.remora.storage.jdbc;

import dev.remora.storage.jdbc.testkit.DatabaseServers;
import dev.remora.testkit.EngineContract;
import dev.remora.testkit.StorageFixture;

/** PostgreSQL. */
class PostgresEngineContractTest extends EngineContract {
    @Override
    protected StorageFixture newFixture() {
        return new ServerFixture(DatabaseServers.postgres());
    }
}
