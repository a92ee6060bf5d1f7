package dev.remora.storage.jdbc;

import dev.remora.testkit.EngineContract;
import dev.remora.testkit.StorageFixture;

/** H2, with every default. */
class H2EngineContractTest extends EngineContract {
    @Override
    protected StorageFixture newFixture() {
        return new H2Fixture(builder -> builder);
    }
}
