package dev.remora.internal.engine;

import com.google.common.collect.Lists;
import dev.remora.error.LeaseLostException;
import dev.remora.error.StorageException;
import dev.remora.spi.EngineStore;
import dev.remora.spi.Lease;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lease of this engine: what makes it the owner of executions. The clock of leases is the storage's. */
final class Ownership {
    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);

    private static final int MOST_AT_ONCE = 1_000;

    private final EngineConfig config;
    private final ActiveRuns runs;
    private final EngineMetrics metrics;
    private final Lock losing;
    private final EngineThreads threads;
    private volatile Lease lease;

    /** When the call began that made the lease stand for its time. */
    private volatile long renewed;

    /** Whether the lease is lost, and there is no other one as yet. */
    private volatile boolean lost;

    /** The engine of the same name that stands in the way of another lease; told of once. */
    private Optional<Lease> rival = Optional.empty();

    Ownership(EngineConfig config, EngineThreads threads, ActiveRuns runs, EngineMetrics metrics) {
        this.metrics = metrics;
        this.config = config;
        this.runs = runs;
        this.threads = threads;
        renewed = threads.nanoTime();
        lease = store().register(config.name(), config.lease());
        losing = threads.lock().writeLock();
    }

    /** Returns the lease, or the one that was lost last if there is none. */
    Lease lease() {
        return lease;
    }

    /** Whether this engine has a lease, as far as it knows. */
    boolean isHeld() {
        return !lost;
    }

    /** Keeps the lease, or gets another one if it is lost. Returns whether this engine has one. */
    boolean keep() {
        Lease mine = lease;
        if (lost || !isRenewed(mine)) {
            lost(mine, new LeaseLostException("engine " + config.name() + " could not renew its lease"));
        }
        return !lost;
    }

    /** Makes a call with the lease; once more if it had run out, or was lost, and this engine has got one again. */
    <T> T withLease(Function<Lease, T> call) {
        try {
            return call.apply(lease);
        } catch (LeaseLostException doubtful) {
            if (!keep()) {
                throw doubtful;
            }
            return call.apply(lease);
        }
    }

    /**
     * Tells whether a lease that the storage did not accept stands after all: its time had only run out, as after a long
     * pause of the process, and nobody has taken over since.
     */
    boolean isRenewed(Lease which) {
        long now = threads.nanoTime();
        boolean stands = store().renew(which, config.lease());
        if (stands) {
            renewed = now;
            metrics.leaseRenewed();
        }
        return stands;
    }

    /**
     * Tells whether the time of the lease may be up without this engine knowing, as after a long pause of the process: then
     * another engine may act for what it owned, and nothing must be started before the next beat.
     */
    boolean isDoubtful() {
        return lost || threads.nanoTime() - renewed >= Nanos.of(config.lease());
    }

    /** The lease is lost: stops acting for all it owned, and begins anew with another. */
    void lost(Lease which, LeaseLostException reason) {
        losing.lock();
        try {
            if (which.equals(lease)) {
                if (!lost) {
                    lost = true;
                    metrics.leaseLost();
                    LOG.warn(
                            "engine {} lost its lease and stops acting for its executions: {}",
                            config.name(),
                            reason.toString());
                    runs.all().forEach(ActiveRun::drop);
                }
                beginAnew();
            }
        } finally {
            losing.unlock();
        }
    }

    private void beginAnew() {
        long now = threads.nanoTime();
        try {
            EngineStore.Registration answer = store().registerAgain(lease, config.lease());
            if (answer.granted()) {
                LOG.info("{} goes on as {}", named(lease), named(answer.lease()));
                lease = answer.lease();
                renewed = now;
                lost = false;
                rival = Optional.empty();
            } else if (rival.isEmpty()) {
                rival = Optional.of(answer.lease());
                LOG.error(
                        "{} does nothing more as long as {} stands: two engines on one storage must not have the same"
                                + " name; give one of them another and start it again",
                        named(lease),
                        named(answer.lease()));
            }
        } catch (StorageException away) {
            LOG.debug("engine {} cannot get a new lease now; it tries again at its next beat", config.name(), away);
        }
    }

    private static String named(Lease lease) {
        return "engine " + lease.engine() + ", incarnation " + lease.incarnation() + ",";
    }

    private EngineStore store() {
        return config.storage().engines();
    }

    /**
     * Gives up the lease and what it still owns. Executions with jobs that were left running stay its own until its time is
     * up, so that the next engine of this name, which is most likely to find them, comes first.
     *
     * @param dropped what this engine has just stopped acting for
     */
    void close(List<ActiveRun> dropped) {
        try {
            if (dropped.stream().noneMatch(ActiveRun::hasLeftJobs)) {
                store().release(lease);
                return;
            }
            List<Long> others = dropped.stream()
                    .filter(run -> !run.hasLeftJobs())
                    .map(ActiveRun::execId)
                    .toList();
            for (List<Long> part : Lists.partition(others, MOST_AT_ONCE)) {
                config.storage().executions().release(lease, part);
            }
        } catch (StorageException away) {
            LOG.warn("engine {} could not give up its lease; it runs out by itself", config.name(), away);
        }
    }
}
