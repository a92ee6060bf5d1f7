package dev.remora.spi;

import java.time.Duration;

/** The engines that share a storage, and their leases, on the clock of the storage. */
public interface EngineStore {
    /**
     * Registers a new incarnation of an engine. An older one of the same name loses its lease at once.
     *
     * @param engine the name of the engine
     * @param duration how long the lease stands without renewal
     * @return the lease
     */
    Lease register(String engine, Duration duration);

    /**
     * Renews a lease, unless it has been lost: by release, by a newer incarnation, or because its time was up and
     * another engine has claimed one of its executions since.
     *
     * @param lease the lease
     * @param duration how long it stands from now on
     * @return whether it stands
     */
    boolean renew(Lease lease, Duration duration);

    /**
     * Gives a lease up; executions it still owns may be claimed by others. Does nothing if it is lost already.
     *
     * @param lease the lease
     */
    void release(Lease lease);
}
