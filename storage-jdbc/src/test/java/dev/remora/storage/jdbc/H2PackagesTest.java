package dev.remora.storage.jdbc;

import dev.remora.testkit.StorageFixture;
import java.util.function.UnaryOperator;

/** H2. */
class H2PackagesTest extends PackagesContract {
    @Override
    StorageFixture newFixture() {
        return new H2Fixture(UnaryOperator.identity());
    }
}
