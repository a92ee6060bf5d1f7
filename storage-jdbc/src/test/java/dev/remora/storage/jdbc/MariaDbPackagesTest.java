package dev.remora.storage.jdbc;

import dev.remora.storage.jdbc.testkit.DatabaseServers;
import dev.remora.testkit.StorageFixture;

/** MariaDB. */
class MariaDbPackagesTest extends PackagesContract {
    @Override
    StorageFixture newFixture() {
        return new ServerFixture(DatabaseServers.mariaDb());
    }
}
