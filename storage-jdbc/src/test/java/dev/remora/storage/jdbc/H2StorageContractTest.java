package dev.remora.storage.jdbc;

import dev.remora.testkit.StorageContract;
import dev.remora.testkit.StorageFixture;
import java.util.function.UnaryOperator;

class H2StorageContractTest extends StorageContract {
    @Override
    protected StorageFixture newFixture() {
        return new H2Fixture(UnaryOperator.identity());
    }
}
