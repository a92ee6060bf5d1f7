package dev.remora.internal.engine;

import dev.remora.error.LeaseLostException;
import dev.remora.error.StorageException;
import dev.remora.spi.ExecutionRecord;
import dev.remora.spi.ExecutionStore;
import dev.remora.spi.Lease;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executions that this engine owns and cannot go on with: what is stored of them cannot be read, or the storage refuses
 * for good what they change. They stand in nobody's way. Each is tried again some times, after ever longer pauses; then it
 * is FAILED. One for which not even that can be stored is reported, and tried again now and then.
 */
final class Troubles {
    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);
    private static final int MOST_TRIES = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final int FACTOR = 4;
    private static final Duration WHILE_AWAY = Duration.ofSeconds(1);
    private static final Duration SELDOM = Duration.ofMinutes(5);

    /**
     * What is wrong with an execution.
     *
     * @param tries how many have failed, over all leases of this engine
     */
    private record Trouble(Lease lease, int tries, boolean reported, Throwable reason) {}

    private final EngineParts parts;
    private final Unprocessable unprocessable;
    private final Map<Long, Trouble> troubles = new ConcurrentHashMap<>();

    Troubles(EngineParts parts) {
        this.parts = parts;
        unprocessable = new Unprocessable(parts);
    }

    /** Whether an execution of this lease waits here, and so is no stray although nobody acts for it. */
    boolean holds(long execId, Lease lease) {
        Trouble trouble = troubles.get(execId);
        return trouble != null && trouble.lease().equals(lease);
    }

    /** How many executions cannot go on for now. */
    int count() {
        return troubles.size();
    }

    /** An execution has ended, or is not this engine's any more. */
    void over(long execId) {
        troubles.remove(execId);
    }

    /** Something is wrong with an execution that does not pass by itself. */
    void met(long execId, Lease lease, Throwable reason) {
        met(execId, lease, reason, () -> {});
    }

    /**
     * Something is wrong with the run of an execution that does not pass by itself.
     *
     * @param drop stops acting for it: after it is held here, as else it is a stray, and before it is tried again
     */
    void met(long execId, Lease lease, Throwable reason, Runnable drop) {
        Trouble now = troubles.compute(
                execId,
                (id, before) -> before == null
                        ? new Trouble(lease, 1, false, reason)
                        : new Trouble(lease, before.tries() + 1, before.reported(), reason));
        drop.run();
        if (now.tries() >= MOST_TRIES) {
            again(execId, Duration.ZERO);
            return;
        }
        LOG.warn("execution {} cannot go on, try {} of {}: {}", execId, now.tries(), MOST_TRIES, reason.toString());
        LOG.debug("execution {} cannot go on", execId, reason);
        again(execId, FIRST_PAUSE.multipliedBy((long) Math.pow(FACTOR, now.tries() - 1.0)));
    }

    /** This engine cannot run an execution, and keeps it, so as not to claim it and give it up for ever. */
    void hold(long execId, Lease lease) {
        troubles.put(
                execId,
                new Trouble(lease, 0, true, new IllegalStateException("this engine does not know its job types")));
        again(execId, SELDOM);
    }

    /** The storage was away when the execution was to be tried again; that does not count. */
    void waitFor(long execId) {
        again(execId, WHILE_AWAY);
    }

    private void again(long execId, Duration pause) {
        parts.jobThreads().later(pause, () -> tryAgain(execId));
    }

    private void tryAgain(long execId) {
        Trouble trouble = troubles.get(execId);
        if (trouble == null || parts.activeRuns().get(execId).isPresent()) {
            return;
        }
        if (!trouble.lease().equals(parts.ownership().lease())) {
            troubles.remove(execId, trouble);
        } else if (trouble.tries() < MOST_TRIES) {
            parts.activation().takeOver(execId, trouble.lease(), false);
        } else {
            fail(execId, trouble);
        }
    }

    private void fail(long execId, Trouble trouble) {
        try {
            Optional<ExecutionRecord> record = store().find(execId);
            if (record.isPresent() && !record.get().state().status().isFinal()) {
                unprocessable.end(record.get(), trouble.lease(), trouble.tries(), trouble.reason());
            }
            over(execId);
        } catch (LeaseLostException lost) {
            LOG.debug("execution {} is another engine's now", execId, lost);
            over(execId);
            parts.strays().suspect();
        } catch (StorageException refused) {
            if (refused.isTransient()) {
                waitFor(execId);
            } else {
                report(execId, trouble, refused);
            }
        }
    }

    /** Not even its failure can be stored: it waits for someone to mend it, and for the next engine. */
    private void report(long execId, Trouble trouble, StorageException refused) {
        if (!trouble.reported()) {
            refused.addSuppressed(trouble.reason());
            LOG.error(
                    "execution {} can neither go on nor be stored as FAILED: it waits, and is tried again every {}",
                    execId,
                    SELDOM,
                    refused);
        }
        troubles.replace(execId, trouble, new Trouble(trouble.lease(), MOST_TRIES - 1, true, trouble.reason()));
        again(execId, SELDOM);
    }

    private ExecutionStore store() {
        return parts.storage().executions();
    }
}
