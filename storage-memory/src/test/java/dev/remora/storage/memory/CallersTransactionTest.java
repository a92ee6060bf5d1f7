package dev.remora.storage.memory;

import dev.remora.testkit.CallersTransactionContract;
import dev.remora.testkit.StorageFixture;

class CallersTransactionTest extends CallersTransactionContract {
    @Override
    protected StorageFixture newFixture() {
        return new MemoryFixture(MemoryStorage.builder());
    }
}
