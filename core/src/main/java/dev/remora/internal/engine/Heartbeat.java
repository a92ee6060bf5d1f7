package dev.remora.internal.engine;

import dev.remora.error.RemoraException;
import dev.remora.error.StorageException;
import dev.remora.spi.Lease;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an engine does again and again, on one thread, in real time: renews its lease, claims executions that nobody owns,
 * and fetches commands that others left for those it owns.
 */
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final int CLAIMED_AT_ONCE = 100;
    private static final int BEATS_PER_LEASE = 5;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final EngineParts parts;
    private final Activation activation;
    private final RowCommands commands;
    private final ScheduledExecutorService thread;

    Heartbeat(EngineParts parts, Activation activation, RowCommands commands) {
        this.parts = parts;
        this.activation = activation;
        this.commands = commands;
        thread = parts.threads().timer("lease");
    }

    /** Takes over what there is to take over, and keeps doing so. */
    void begin() {
        long beat = parts.config().lease().toMillis() / BEATS_PER_LEASE;
        beat();
        thread.scheduleWithFixedDelay(this::beat, beat, beat, TimeUnit.MILLISECONDS);
    }

    private void beat() {
        try {
            parts.ownership().renew();
            commands.carryOut(parts.ownership().lease());
            activation.giveUpStrays(parts.ownership().lease());
            claim();
        } catch (StorageException away) {
            LOG.warn("engine {} cannot reach its storage: {}", parts.config().name(), away.toString());
        } catch (RemoraException | IllegalStateException broken) {
            LOG.error(
                    "engine {}: its lease thread goes on after an error",
                    parts.config().name(),
                    broken);
        }
    }

    private void claim() {
        List<Long> claimed;
        do {
            Lease lease = parts.ownership().lease();
            claimed = claimSome(lease);
            claimed.forEach(execId -> activation.takeOver(execId, lease));
        } while (claimed.size() == CLAIMED_AT_ONCE);
    }

    private List<Long> claimSome(Lease lease) {
        try {
            return parts.storage().executions().claim(lease, CLAIMED_AT_ONCE);
        } catch (StorageException unclear) {
            activation.claimUnclear();
            throw unclear;
        }
    }

    /** Ends the thread. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
