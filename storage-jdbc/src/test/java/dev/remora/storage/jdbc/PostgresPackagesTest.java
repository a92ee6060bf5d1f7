package dev.remora.storage.jdbc;

import dev.remora.storage.jdbc.testkit.DatabaseServers;
import dev.remora.testkit.StorageFixture;

/** PostgreSQL. */
class PostgresPackagesTest extends PackagesContract {
    @Override
    StorageFixture newFixture() {
        return new ServerFixture(DatabaseServers.postgres());
    }
}
