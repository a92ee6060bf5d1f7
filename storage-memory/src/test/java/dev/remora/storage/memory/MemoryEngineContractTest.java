package dev.remora.storage.memory;

import dev.remora.testkit.EngineContract;
import dev.remora.testkit.StorageFixture;

/** The engine on the memory storage: commits are made inline. */
class MemoryEngineContractTest extends EngineContract {
    @Override
    protected StorageFixture newFixture() {
        return new MemoryFixture(MemoryStorage.builder());
    }
}
