package dev.remora.storage.memory;

import dev.remora.testkit.LogStoreContract;
import dev.remora.testkit.StorageFixture;

/** The contract of logs that go to files from the first line on. */
class SpilledLogContractTest extends LogStoreContract {
    @Override
    protected StorageFixture newFixture() {
        return new MemoryFixture(MemoryStorage.builder().logHeap(0));
    }
}
