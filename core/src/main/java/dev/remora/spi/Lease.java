package dev.remora.spi;

import java.util.Objects;

/**
 * One incarnation of an engine, as the storage knows it. A restarted engine gets a higher incarnation, so what an older
 * one still tries to write is refused.
 *
 * @param engine the name of the engine, unique among those that share the storage
 * @param incarnation increases with each registration, over all engines
 */
public record Lease(String engine, long incarnation) {
    /**
     * Creates a lease.
     *
     * @throws NullPointerException if the name is null
     */
    public Lease {
        Objects.requireNonNull(engine, "engine");
    }
}
