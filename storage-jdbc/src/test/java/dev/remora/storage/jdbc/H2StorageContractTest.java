package dev.remora.storage.jdbc;

import dev.remora.testkit.StorageContract;
import dev.remora.testkit.StorageFixture;

/** H2, with every default. */
class H2StorageContractTest extends StorageContract {
    @Override
    protected StorageFixture newFixture() {
        return new H2Fixture(builder -> builder);
    }
}
