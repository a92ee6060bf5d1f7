package dev.remora.storage.memory;

import dev.remora.spi.Storage;
import dev.remora.testkit.StorageFixture;
import java.time.Duration;

/** Memory storages with a clock that the test moves. */
final class MemoryFixture implements StorageFixture {
    private final ManualClock clock = new ManualClock();
    private final MemoryStorage root;

    MemoryFixture(MemoryStorage.Builder builder) {
        root = builder.clock(clock).build();
    }

    @Override
    public Storage open() {
        return root.another();
    }

    @Override
    public void passTime(Duration duration) {
        clock.advance(duration.plusMillis(1));
    }

    @Override
    public boolean durable() {
        return false;
    }

    @Override
    public void close() {
        root.close();
    }
}
