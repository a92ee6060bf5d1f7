package dev.remora.internal.engine;

import dev.remora.error.LeaseLostException;
import dev.remora.error.StorageException;
import dev.remora.spi.EngineStore;
import dev.remora.spi.Lease;
import java.util.concurrent.locks.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lease of this engine: what makes it the owner of executions. The clock of leases is the storage's. */
final class Ownership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);

    private final EngineConfig config;
    private final ActiveRuns runs;
    private final Lock losing;
    private volatile Lease lease;

    Ownership(EngineConfig config, EngineThreads threads, ActiveRuns runs) {
        this.config = config;
        this.runs = runs;
        lease = store().register(config.name(), config.lease());
        losing = threads.lock().writeLock();
    }

    Lease lease() {
        return lease;
    }

    /** Keeps the lease, or gets another one if it is lost. */
    void renew() {
        Lease mine = lease;
        if (!isRenewed(mine)) {
            lost(mine, new LeaseLostException("engine " + config.name() + " could not renew its lease"));
        }
    }

    /**
     * Tells whether a lease that the storage did not accept stands after all: its time had only run out, as after a long
     * pause of the process, and nobody has taken over since.
     */
    boolean isRenewed(Lease which) {
        return store().renew(which, config.lease());
    }

    /** The lease is lost: stops acting for all it owned, and begins anew with another. */
    void lost(Lease which, LeaseLostException reason) {
        losing.lock();
        try {
            if (which.equals(lease)) {
                beginAnew(reason);
            }
        } finally {
            losing.unlock();
        }
    }

    private void beginAnew(LeaseLostException reason) {
        LOG.warn("engine {} lost its lease and stops acting for its executions: {}", config.name(), reason.toString());
        runs.all().forEach(ActiveRun::drop);
        try {
            lease = store().register(config.name(), config.lease());
        } catch (StorageException away) {
            LOG.warn("engine {} cannot get a new lease now; it tries again: {}", config.name(), away.toString());
        }
    }

    private EngineStore store() {
        return config.storage().engines();
    }

    /** Gives up the lease and what it still owns. */
    @Override
    public void close() {
        try {
            store().release(lease);
        } catch (StorageException away) {
            LOG.warn("engine {} could not give up its lease; it runs out by itself", config.name(), away);
        }
    }
}
