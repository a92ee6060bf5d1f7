package dev.remora.storage.memory;

import dev.remora.testkit.PackageRefusalContract;
import dev.remora.testkit.StorageFixture;

class PackageRefusalTest extends PackageRefusalContract {
    @Override
    protected StorageFixture newFixture() {
        return new MemoryFixture(MemoryStorage.builder());
    }
}
