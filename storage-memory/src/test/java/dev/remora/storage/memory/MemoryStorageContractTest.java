package dev.remora.storage.memory;

import dev.remora.testkit.StorageContract;
import dev.remora.testkit.StorageFixture;

class MemoryStorageContractTest extends StorageContract {
    @Override
    protected StorageFixture newFixture() {
        return new MemoryFixture(MemoryStorage.builder());
    }
}
