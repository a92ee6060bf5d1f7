package dev.remora.internal.engine;

import dev.remora.Retention;
import dev.remora.error.RemoraException;
import dev.remora.model.RetentionReport;
import dev.remora.model.RetentionRule;
import dev.remora.spi.EngineClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets history go: when somebody asks, and by itself, on a thread of its own, where rules are configured. Several engines
 * may do so at once: an execution goes once, whoever comes first.
 */
final class History implements Retention, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    private static final Duration LONGEST_REST = Duration.ofSeconds(1);
    private static final int MOST_DIRECTORIES = 10_000;
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final Engine engine;
    private final EngineParts parts;
    private final List<RetentionRule> rules;
    private final Duration interval;
    private final ExecutorService thread;
    private volatile EngineClock.Alarm alarm = () -> {};
    private volatile boolean closed;

    History(Engine engine) {
        this.engine = engine;
        parts = engine.parts();
        rules = parts.config().retention();
        interval = parts.config().retentionInterval();
        thread = parts.threads().pool("retention", 1, 1);
    }

    @Override
    public RetentionReport purge(RetentionRule rule) {
        return pass(rule, false);
    }

    @Override
    public RetentionReport dryRun(RetentionRule rule) {
        return pass(rule, true);
    }

    private RetentionReport pass(RetentionRule rule, boolean dry) {
        Objects.requireNonNull(rule, "rule");
        engine.requireOpen();
        return new RetentionPass(parts, rule, dry, this::isStopped, nanos -> {}).run();
    }

    /** Follows the rules from now on, soon for the first time. */
    void begin() {
        if (!rules.isEmpty()) {
            plan(interval.compareTo(FIRST) < 0 ? interval : FIRST);
        }
    }

    private void plan(Duration delay) {
        if (!closed) {
            alarm = parts.clock().at(parts.clock().now() + delay.toMillis(), this::hand);
        }
    }

    private void hand() {
        Runnable counted = parts.clock().counted(this::followRules);
        try {
            thread.execute(counted);
        } catch (RejectedExecutionException closing) {
            LOG.debug("closed; history stays as it is", closing);
            counted.run();
        }
    }

    private void followRules() {
        if (closed) {
            return;
        }
        RetentionReport sum = RetentionReport.NOTHING;
        try {
            for (RetentionRule rule : rules) {
                sum = sum.plus(new RetentionPass(parts, rule, false, this::isStopped, this::rest).run());
            }
            removeLeftDirectories();
        } catch (RemoraException failed) {
            LOG.warn(
                    "engine {}: history is not purged now, and is with the next look in {}: {}",
                    parts.config().name(),
                    interval,
                    failed.toString());
        } finally {
            plan(interval);
        }
        if (sum.executions() > 0) {
            LOG.info("engine {} purged history: {}", parts.config().name(), sum);
        }
    }

    /** Another engine may have purged what has left files here. */
    private void removeLeftDirectories() {
        try {
            for (long execId : parts.directories().executions(MOST_DIRECTORIES)) {
                if (isStopped()) {
                    return;
                }
                if (parts.storage().executions().find(execId).isEmpty()) {
                    parts.directories().executionPurged(execId);
                }
            }
        } catch (IOException | UncheckedIOException unreadable) {
            LOG.warn(
                    "engine {}: its work directory cannot be listed",
                    parts.config().name(),
                    unreadable);
        }
    }

    private boolean isStopped() {
        return closed || Thread.currentThread().isInterrupted();
    }

    /** Works half of the time at the most, so that what runs has the storage to itself for the other half. */
    private void rest(long nanos) {
        try {
            parts.threads().pause(Duration.ofNanos(Math.min(1 + nanos, LONGEST_REST.toNanos())));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does nothing more; a batch under way comes to its end. */
    @Override
    public void close() {
        closed = true;
        alarm.cancel();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
