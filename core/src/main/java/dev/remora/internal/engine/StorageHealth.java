package dev.remora.internal.engine;

import dev.remora.error.StorageException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the storage is away: what all calls of an engine have found, whoever makes them. It is said once that it has
 * gone, and once that it is back; who tries again says nothing.
 */
final class StorageHealth {
    private static final Logger LOG = LoggerFactory.getLogger(StorageHealth.class);

    private final String engine;
    private final EngineMetrics metrics;
    private final AtomicLong failures = new AtomicLong();
    private final AtomicReference<StorageException> away = new AtomicReference<>();

    StorageHealth(String engine, EngineMetrics metrics) {
        this.engine = engine;
        this.metrics = metrics;
    }

    /** Returns why the storage is away; empty if it is not. */
    Optional<StorageException> away() {
        return Optional.ofNullable(away.get());
    }

    /** Returns what {@link #succeeded} has to be told of a call that begins now. */
    long begun() {
        return failures.get();
    }

    /** A call failed, and may succeed later. */
    void failed(StorageException failure) {
        failures.incrementAndGet();
        metrics.storageFailed();
        if (away.compareAndSet(null, failure)) {
            LOG.warn(
                    "engine {}: its storage is away; jobs go on, and what is to be stored waits until it is back: {}",
                    engine,
                    failure.toString());
        } else {
            LOG.debug("engine {}: its storage is still away", engine, failure);
        }
    }

    /**
     * A call succeeded.
     *
     * @param begun how many calls had failed when it began; if there are more now, it does not show that the storage is
     *     back, as it may have been let in just before the storage went
     */
    void succeeded(long begun) {
        StorageException first = away.get();
        if (first != null && begun == failures.get() && away.compareAndSet(first, null)) {
            LOG.info("engine {}: its storage is back", engine);
        }
    }
}
