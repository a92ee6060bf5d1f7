package dev.remora.storage.memory;

import dev.remora.spi.Storage;
import dev.remora.testkit.EngineContract;
import dev.remora.testkit.FaultyStorage;
import dev.remora.testkit.StorageFixture;
import java.time.Duration;

/** The engine on a storage whose commits may wait: they are made on a thread of their own. */
class GroupCommitEngineContractTest extends EngineContract {
    @Override
    protected StorageFixture newFixture() {
        MemoryFixture memory = new MemoryFixture(MemoryStorage.builder());
        return new StorageFixture() {
            @Override
            public Storage open() {
                return new FaultyStorage(memory.open(), 0);
            }

            @Override
            public void passTime(Duration duration) {
                memory.passTime(duration);
            }

            @Override
            public boolean durable() {
                return memory.durable();
            }

            @Override
            public void close() {
                memory.close();
            }
        };
    }
}
