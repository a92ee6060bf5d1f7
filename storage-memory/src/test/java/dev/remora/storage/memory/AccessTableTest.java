package dev.remora.storage.memory;

import dev.remora.testkit.AccessTableContract;
import dev.remora.testkit.StorageFixture;

class AccessTableTest extends AccessTableContract {
    @Override
    protected StorageFixture newFixture() {
        return new MemoryFixture(MemoryStorage.builder());
    }
}
