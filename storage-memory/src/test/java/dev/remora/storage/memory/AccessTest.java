package dev.remora.storage.memory;

import dev.remora.testkit.AccessContract;
import dev.remora.testkit.StorageFixture;

class AccessTest extends AccessContract {
    @Override
    protected StorageFixture newFixture() {
        return new MemoryFixture(MemoryStorage.builder());
    }
}
