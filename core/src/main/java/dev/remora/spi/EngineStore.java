package dev.remora.spi;

import java.time.Duration;
import java.util.Objects;

/** The engines that share a storage, and their leases, on the clock of the storage. */
public interface EngineStore {
    /**
     * What becomes of an engine that lost its lease.
     *
     * @param lease its lease from now on; or, if it is not granted one, that of the other engine of its name
     * @param granted whether the lease is its own
     */
    record Registration(Lease lease, boolean granted) {
        /**
         * Creates an answer.
         *
         * @throws NullPointerException if the lease is null
         */
        public Registration {
            Objects.requireNonNull(lease, "lease");
        }
    }

    /**
     * Registers a new incarnation of an engine, as it starts. An older one of the same name loses its lease at once, as
     * it is most likely the same engine before a crash.
     *
     * @param engine the name of the engine
     * @param duration how long the lease stands without renewal
     * @return the lease
     */
    Lease register(String engine, Duration duration);

    /**
     * Registers a new incarnation of an engine that goes on after it lost its lease, unless that of another engine of the
     * same name stands: two live engines of one name must not take the lease from each other again and again.
     *
     * <p>Can be repeated when its answer is lost: as long as the lease that a call granted is not lost in its turn, the
     * same call, with the same {@code lost}, renews that lease and returns it. If {@code lost} is not lost after all, it
     * is renewed and returned.
     *
     * @param lost the lease that the engine had
     * @param duration how long a lease that is granted stands without renewal
     * @return a lease of a new incarnation; or the newer incarnation that another engine of this name holds, if that
     *     lease is neither lost nor its time up
     */
    Registration registerAgain(Lease lost, Duration duration);

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
