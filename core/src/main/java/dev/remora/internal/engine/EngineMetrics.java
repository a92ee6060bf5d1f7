package dev.remora.internal.engine;

import dev.remora.model.Status;
import dev.remora.spi.Metrics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one engine reports in numbers. Every meter is asked for here, once. Where nothing is to be reported, nothing is
 * measured either.
 */
final class EngineMetrics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineMetrics.class);
    private static final List<Status> ENDS = List.of(Status.SUCCESS, Status.KILL, Status.FAILED, Status.DEP_FAILED);

    private final Metrics metrics;
    private final String engine;
    private final boolean measures;
    private final LongConsumer submitted;
    private final Map<Status, LongConsumer> executionsEnded = new EnumMap<>(Status.class);
    private final LongConsumer started;
    private final Map<Status, LongConsumer> nodesEnded = new EnumMap<>(Status.class);
    private final LongConsumer attempts;
    private final LongConsumer commits;
    private final LongConsumer changes;
    private final LongConsumer renewals;
    private final LongConsumer leasesLost;
    private final LongConsumer storageFailures;
    private final LongConsumer logBytes;
    private final LongConsumer logLines;
    private final LongConsumer eventsDropped;
    private final LongConsumer purged;

    /** What the gauges look at; nothing before the engine has started and after it has closed. */
    private volatile EngineParts parts;

    EngineMetrics(EngineConfig config) {
        metrics = config.metrics();
        engine = config.name();
        measures = metrics != Metrics.NONE;
        submitted = counter("remora.executions.submitted");
        for (Status end : ENDS) {
            executionsEnded.put(end, counter("remora.executions.ended", "status", end.name()));
            nodesEnded.put(end, counter("remora.nodes.ended", "status", end.name()));
        }
        started = counter("remora.nodes.started");
        attempts = safe(metrics.timer("remora.attempts", tags()));
        commits = safe(metrics.timer("remora.commits", tags()));
        changes = safe(metrics.sizes("remora.commits.executions", tags()));
        renewals = counter("remora.lease.renewed");
        leasesLost = counter("remora.lease.lost");
        storageFailures = counter("remora.storage.failures");
        logBytes = counter("remora.logs.bytes");
        logLines = counter("remora.logs.lines");
        eventsDropped = counter("remora.events.dropped");
        purged = counter("remora.history.purged");
        gauge("remora.executions.active", known -> known.activeRuns().size());
        gauge("remora.nodes.running", known -> known.runningJobs().count());
        gauge("remora.nodes.waiting", known -> known.dispatcher().waiting());
        gauge("remora.slots.used", known -> known.dispatcher().taken());
        gauge("remora.slots", known -> known.config().maxRunningNodes());
        gauge("remora.commits.waiting", known -> known.committer().waiting());
    }

    /** What a gauge looks at. */
    @FunctionalInterface
    private interface Reading {
        long of(EngineParts parts);
    }

    private LongConsumer counter(String name, String... more) {
        return safe(metrics.counter(name, tags(more)));
    }

    private void gauge(String name, Reading reading) {
        LongSupplier value = () -> {
            EngineParts known = parts;
            return known == null ? 0 : reading.of(known);
        };
        metrics.gauge(name, value, tags());
    }

    private String[] tags(String... more) {
        String[] tags = new String[more.length + 2];
        tags[0] = "engine";
        tags[1] = engine;
        System.arraycopy(more, 0, tags, 2, more.length);
        return tags;
    }

    /** What a library throws must not stop a run. */
    private LongConsumer safe(LongConsumer meter) {
        if (!measures) {
            return meter;
        }
        return value -> {
            try {
                meter.accept(value);
            } catch (RuntimeException thrown) {
                LOG.debug("engine {}: a meter threw", engine, thrown);
            }
        };
    }

    /** The gauges look at these parts from now on. */
    void show(EngineParts value) {
        parts = value;
    }

    void executionSubmitted() {
        submitted.accept(1);
    }

    void executionEnded(Status status) {
        executionsEnded.get(status).accept(1);
    }

    void nodesStarted(int count) {
        started.accept(count);
    }

    /** @param status an end; SKIPPED is none to count */
    void nodesEnded(Status status, int count) {
        nodesEnded.get(status).accept(count);
    }

    /** Returns what has to be told at the end of what begins now. */
    long begin() {
        return measures ? System.nanoTime() : 0;
    }

    void attemptEnded(long begun) {
        if (measures) {
            attempts.accept(System.nanoTime() - begun);
        }
    }

    void committed(long begun, int executions) {
        if (measures) {
            commits.accept(System.nanoTime() - begun);
            changes.accept(executions);
        }
    }

    void leaseRenewed() {
        renewals.accept(1);
    }

    void leaseLost() {
        leasesLost.accept(1);
    }

    void storageFailed() {
        storageFailures.accept(1);
    }

    void logged(int bytes, int lines) {
        logBytes.accept(bytes);
        logLines.accept(lines);
    }

    void eventDropped() {
        eventsDropped.accept(1);
    }

    void purged(long executions) {
        if (executions > 0) {
            purged.accept(executions);
        }
    }

    /** The gauges show 0 from now on, and hold nothing of the engine. */
    @Override
    public void close() {
        parts = null;
    }
}
