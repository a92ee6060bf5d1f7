package dev.remora.storage.memory;

import dev.remora.testkit.ResourceStoreContract;
import dev.remora.testkit.StorageFixture;

/** The contract of contents that all go to files. */
class SpilledResourceContractTest extends ResourceStoreContract {
    @Override
    protected StorageFixture newFixture() {
        return new MemoryFixture(MemoryStorage.builder().logHeap(0));
    }
}
