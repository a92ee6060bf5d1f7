package dev.remora.internal.engine;

import dev.remora.LogFollow;
import dev.remora.error.RemoraException;
import dev.remora.error.StorageException;
import dev.remora.internal.run.Run;
import dev.remora.model.JobId;
import dev.remora.model.LogLine;
import dev.remora.spi.ExecutionRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows one log: reads on when this engine appended to it, and from time to time, as another engine may have. */
final class Follower implements LogFollow {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final EngineParts parts;
    private final JobId job;
    private final Consumer<LogLine> lines;
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicBoolean planned = new AtomicBoolean();
    private final Runnable wake = this::wake;
    private long next;
    private volatile boolean closed;

    Follower(EngineParts parts, JobId job, long from, Consumer<LogLine> lines) {
        this.parts = parts;
        this.job = job;
        this.lines = lines;
        next = from;
    }

    void begin() {
        parts.logActivity().follow(job, wake);
        beat();
    }

    private void wake() {
        if (over.getCount() > 0 && planned.compareAndSet(false, true)) {
            parts.jobThreads().execute(() -> {
                planned.set(false);
                readOn();
            });
        }
    }

    private void beat() {
        if (over.getCount() > 0) {
            wake();
            parts.jobThreads().later(INTERVAL, this::beat);
        }
    }

    private synchronized void readOn() {
        if (over.getCount() == 0) {
            return;
        }
        try {
            // why: looked at before reading, so that what was written before the end is read after it
            boolean last = closed || isFinal();
            next = new LineScan(parts.storage().logs(), job).forEach(next, Long.MAX_VALUE, this::tell);
            if (last) {
                end();
            }
        } catch (StorageException away) {
            LOG.debug("log of {} cannot be read now", job, away);
        } catch (RemoraException purged) {
            LOG.debug("log of {} is gone", job, purged);
            end();
        }
    }

    private void tell(LogLine line) {
        if (closed) {
            return;
        }
        try {
            lines.accept(line);
        } catch (RuntimeException | Error thrown) {
            LOG.warn("what follows the log of {} threw and hears no more", job, thrown);
            closed = true;
        }
    }

    private boolean isFinal() {
        Optional<ExecutionRecord> record = parts.storage().executions().find(job.execId());
        if (record.isEmpty() || record.get().state().status().isFinal()) {
            return true;
        }
        Prepared prepared = parts.definitions().of(record.get());
        OptionalInt node = prepared.definition().dag().number(job.node());
        if (node.isEmpty()) {
            return true;
        }
        Run run = Activation.run(
                parts.config(),
                job.execId(),
                prepared,
                record.get().submission().options(),
                record.get().state(),
                parts.storage().executions().nodes(job.execId()));
        return run.status(node.getAsInt()).isFinal();
    }

    private void end() {
        parts.logActivity().unfollow(job, wake);
        over.countDown();
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return over.await(Nanos.of(timeout), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        closed = true;
        end();
    }
}
