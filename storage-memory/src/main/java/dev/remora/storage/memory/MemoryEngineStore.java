package dev.remora.storage.memory;

import dev.remora.spi.EngineStore;
import dev.remora.spi.Lease;
import java.time.Duration;
import java.util.Objects;

/** The engines as one handle sees them. */
final class MemoryEngineStore implements EngineStore {
    private final MemoryData data;
    private final MemoryData.Handle handle;

    MemoryEngineStore(MemoryData data, MemoryData.Handle handle) {
        this.data = data;
        this.handle = handle;
    }

    @Override
    public Lease register(String engine, Duration duration) {
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(duration, "duration");
        data.ownership.lock();
        try {
            handle.check();
            return replace(engine, 0, duration);
        } finally {
            data.ownership.unlock();
        }
    }

    private Lease replace(String engine, long after, Duration duration) {
        LeaseTable.Held older = data.leases.ofEngine(engine);
        if (older != null) {
            data.lose(older);
        }
        return data.leases.add(engine, after, duration);
    }

    @Override
    public Registration registerAgain(Lease lost, Duration duration) {
        Objects.requireNonNull(duration, "duration");
        data.ownership.lock();
        try {
            handle.check();
            LeaseTable.Held held = data.leases.ofEngine(lost.engine());
            if (held != null && held.goesOnAfter(lost)) {
                data.leases.renew(held, duration);
                return new Registration(held.lease(), true);
            }
            if (held != null && data.leases.stands(held)) {
                return new Registration(held.lease(), false);
            }
            return new Registration(replace(lost.engine(), lost.incarnation(), duration), true);
        } finally {
            data.ownership.unlock();
        }
    }

    @Override
    public boolean renew(Lease lease, Duration duration) {
        Objects.requireNonNull(duration, "duration");
        data.ownership.lock();
        try {
            handle.check();
            LeaseTable.Held held = data.leases.find(lease);
            if (held != null) {
                data.leases.renew(held, duration);
            }
            return held != null;
        } finally {
            data.ownership.unlock();
        }
    }

    @Override
    public void release(Lease lease) {
        data.ownership.lock();
        try {
            handle.check();
            LeaseTable.Held held = data.leases.find(lease);
            if (held != null) {
                data.lose(held);
            }
        } finally {
            data.ownership.unlock();
        }
    }
}
