package dev.remora.storage.memory;

import dev.remora.testkit.EveryCallContract;
import dev.remora.testkit.StorageFixture;

class EveryCallTest extends EveryCallContract {
    @Override
    protected StorageFixture newFixture() {
        return new MemoryFixture(MemoryStorage.builder());
    }
}
