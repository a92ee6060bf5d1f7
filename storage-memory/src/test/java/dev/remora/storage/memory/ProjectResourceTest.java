package dev.remora.storage.memory;

import dev.remora.testkit.ProjectResourceContract;
import dev.remora.testkit.StorageFixture;

class ProjectResourceTest extends ProjectResourceContract {
    @Override
    protected StorageFixture newFixture() {
        return new MemoryFixture(MemoryStorage.builder());
    }
}
