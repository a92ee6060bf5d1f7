package dev.remora.storage.memory;

import dev.remora.testkit.PackageRunContract;
import dev.remora.testkit.StorageFixture;

class PackageRunTest extends PackageRunContract {
    @Override
    protected StorageFixture newFixture() {
        return new MemoryFixture(MemoryStorage.builder());
    }
}
