package dev.remora.internal.engine;

import dev.remora.error.LeaseLostException;
import dev.remora.error.RemoraException;
import dev.remora.error.StorageException;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.Lease;
import dev.remora.spi.StoredCommand;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What makes this engine the owner of executions: its lease, which it renews; executions that nobody owns, which it
 * claims; commands that others left for those it owns. One thread does all that, a few times per lease, in real time: the
 * clock of leases is the storage's.
 */
final class Ownership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);
    private static final int CLAIMED_AT_ONCE = 100;
    private static final int COMMANDS_AT_ONCE = 1_000;
    private static final int BEATS_PER_LEASE = 5;

    private final EngineConfig config;
    private final ScheduledExecutorService thread;
    private final Lock losing;
    private volatile Lease lease;
    private Activation activation;

    Ownership(EngineConfig config, EngineThreads threads) {
        this.config = config;
        lease = config.storage().engines().register(config.name(), config.lease());
        thread = threads.timer("lease");
        losing = threads.lock().writeLock();
    }

    Lease lease() {
        return lease;
    }

    /** Takes over what there is to take over, and keeps doing so. */
    void begin(Activation how) {
        activation = how;
        long beat = config.lease().toMillis() / BEATS_PER_LEASE;
        beat();
        thread.scheduleWithFixedDelay(this::beat, beat, beat, TimeUnit.MILLISECONDS);
    }

    private void beat() {
        try {
            if (!config.storage().engines().renew(lease, config.lease())) {
                lost(lease, new LeaseLostException("engine " + config.name() + " could not renew its lease"));
            }
            carryOutCommands();
            activation.giveUpStrays(lease);
            claim();
        } catch (StorageException away) {
            LOG.warn("engine {} cannot reach its storage: {}", config.name(), away.toString());
        } catch (RemoraException | IllegalStateException broken) {
            LOG.error("engine {}: its lease thread goes on after an error", config.name(), broken);
        }
    }

    private void carryOutCommands() {
        List<StoredCommand> commands = config.storage().executions().commands(lease, COMMANDS_AT_ONCE);
        for (StoredCommand stored : commands) {
            Optional<ActiveRun> run = activation.active(stored.execId());
            if (run.isPresent()) {
                run.get().command(stored.command()).whenComplete((nothing, refused) -> done(stored));
            } else if (isFinal(stored.execId())) {
                // why: it came too late, and must not hit a later round
                done(stored);
            }
        }
    }

    private void done(StoredCommand command) {
        config.storage().executions().done(List.of(command.id()));
    }

    private boolean isFinal(long execId) {
        return config.storage()
                .executions()
                .find(execId)
                .map(record -> record.state().status().isFinal())
                .orElse(true);
    }

    /** Forgets commands that came too late for the last round of an execution, before the next one opens. */
    void forgetCommands(long execId) {
        ExecutionStore store = config.storage().executions();
        List<Long> late = store.commands(lease, COMMANDS_AT_ONCE).stream()
                .filter(command -> command.execId() == execId)
                .map(StoredCommand::id)
                .toList();
        if (!late.isEmpty()) {
            store.done(late);
        }
    }

    private void claim() {
        List<Long> claimed;
        do {
            claimed = claimSome();
            claimed.forEach(execId -> activation.takeOver(execId, lease));
        } while (claimed.size() == CLAIMED_AT_ONCE);
    }

    /**
     * Tells whether a lease that the storage did not accept stands after all: its time had only run out, as after a long
     * pause of the process, and nobody has taken over since.
     */
    boolean isRenewed(Lease which) {
        return config.storage().engines().renew(which, config.lease());
    }

    private List<Long> claimSome() {
        try {
            return config.storage().executions().claim(lease, CLAIMED_AT_ONCE);
        } catch (StorageException unclear) {
            activation.claimUnclear();
            throw unclear;
        }
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
        activation.dropAll();
        try {
            lease = config.storage().engines().register(config.name(), config.lease());
        } catch (StorageException away) {
            LOG.warn("engine {} cannot get a new lease now; it tries again: {}", config.name(), away.toString());
        }
    }

    /** Gives up the lease and what it still owns. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS);
            config.storage().engines().release(lease);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (StorageException away) {
            LOG.warn("engine {} could not give up its lease; it runs out by itself", config.name(), away);
        }
    }
}
