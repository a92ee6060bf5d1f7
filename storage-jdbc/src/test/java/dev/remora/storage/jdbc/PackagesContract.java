package dev.remora.storage.jdbc;

import dev.remora.testkit.PackageRefusalContract;
import dev.remora.testkit.PackageRunContract;
import dev.remora.testkit.ProjectResourceContract;
import dev.remora.testkit.StorageFixture;
import org.junit.jupiter.api.Nested;

/** What the engine promises of packages and resources. */
abstract class PackagesContract {
    /** Makes an empty data set. */
    abstract StorageFixture newFixture();

    @Nested
    class Runs extends PackageRunContract {
        @Override
        protected StorageFixture newFixture() {
            return PackagesContract.this.newFixture();
        }
    }

    @Nested
    class Refusals extends PackageRefusalContract {
        @Override
        protected StorageFixture newFixture() {
            return PackagesContract.this.newFixture();
        }
    }

    @Nested
    class Resources extends ProjectResourceContract {
        @Override
        protected StorageFixture newFixture() {
            return PackagesContract.this.newFixture();
        }
    }
}
