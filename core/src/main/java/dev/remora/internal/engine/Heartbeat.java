package dev.remora.internal.engine;

import dev.remora.error.LeaseLostException;
import dev.remora.error.StorageException;
import dev.remora.spi.Lease;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an engine does again and again, on one thread, in real time: renews its lease, claims executions that nobody owns,
 * and fetches commands that others left for those it owns.
 *
 * <p>A beat comes three times a lease, and every five seconds at least. An engine without an execution makes two calls of
 * the storage with each: it renews, and it claims.
 */
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final int CLAIMED_AT_ONCE = 100;
    private static final int RENEWALS_PER_LEASE = 3;
    private static final Duration LONGEST_BEAT = Duration.ofSeconds(5);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final EngineParts parts;
    private final RowCommands commands;
    private final ScheduledExecutorService thread;
    private final PromptClaims promptClaims;
    private final List<Runnable> steps;
    private final long beatMillis;
    private final long beatsPerRenewal;
    private long beatsToRenewal;

    Heartbeat(EngineParts parts, RowCommands commands) {
        this.parts = parts;
        this.commands = commands;
        thread = parts.threads().timer("lease");
        long renewal = parts.config().lease().toMillis() / RENEWALS_PER_LEASE;
        beatMillis = Math.min(renewal, LONGEST_BEAT.toMillis());
        beatsPerRenewal = renewal / beatMillis;
        promptClaims = new PromptClaims(thread, Duration.ofMillis(beatMillis), () -> guarded(this::claim));
        steps = List.of(
                () -> parts.activation().giveUpStrays(parts.ownership().lease()),
                () -> commands.carryOut(parts.ownership().lease()),
                this::claim,
                () -> parts.time().look(),
                () -> parts.notifications().look());
    }

    /** Takes over what there is to take over, and keeps doing so. */
    void begin() {
        beat();
        thread.scheduleWithFixedDelay(this::beat, beatMillis, beatMillis, TimeUnit.MILLISECONDS);
    }

    /** An execution was stored within a transaction of its caller: it is there soon, or never. */
    void expect(long execId) {
        promptClaims.expect(execId);
    }

    /** There is a command in the storage for an execution that this engine owns. */
    void commandSent() {
        thread.execute(() -> guarded(() -> commands.carryOut(parts.ownership().lease())));
    }

    private void beat() {
        // why: one by one, so that what one of them meets and nobody can mend keeps none of the others from its work
        boolean goesOn = guarded(() -> beatsToRenewal-- > 0 || renew());
        for (Runnable step : steps) {
            goesOn = goesOn && guarded(step);
        }
    }

    private boolean renew() {
        // why: unless all goes well, the next beat renews
        beatsToRenewal = 0;
        boolean stands = parts.ownership().keep();
        beatsToRenewal = stands ? beatsPerRenewal - 1 : 0;
        return stands;
    }

    /**
     * Whatever goes wrong with a beat, the next one comes: an engine whose lease thread ends is lost.
     *
     * @return what the work returned; if it failed, whether the rest of the beat may be of use: not if the storage is away,
     *     or the lease is
     */
    private boolean guarded(BooleanSupplier work) {
        try {
            return work.getAsBoolean();
        } catch (LeaseLostException doubtful) {
            beatsToRenewal = 0;
            LOG.debug(
                    "engine {}: the next beat renews its lease", parts.config().name(), doubtful);
            return false;
        } catch (StorageException failed) {
            beatsToRenewal = 0;
            if (!failed.isTransient()) {
                LOG.error(
                        "engine {}: its storage refuses what the lease thread asks; asked again at the next beat",
                        parts.config().name(),
                        failed);
            }
            return !failed.isTransient();
        } catch (RuntimeException | Error broken) {
            LOG.error(
                    "engine {}: its lease thread goes on after an error",
                    parts.config().name(),
                    broken);
            return true;
        }
    }

    private boolean guarded(Runnable work) {
        return guarded(() -> {
            work.run();
            return true;
        });
    }

    private void claim() {
        List<Long> claimed = claimSome();
        while (claimed.size() == CLAIMED_AT_ONCE && renew()) {
            // why: to take over many takes its time, and the lease must not run out meanwhile
            claimed = claimSome();
        }
    }

    private List<Long> claimSome() {
        Lease lease = parts.ownership().lease();
        List<Long> claimed = parts.activation().claim(lease, CLAIMED_AT_ONCE);
        for (long execId : claimed) {
            parts.activation().takeOver(execId, lease, promptClaims.found(execId));
        }
        return claimed;
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
