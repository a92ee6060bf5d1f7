package dev.remora.internal.engine;

import dev.remora.error.LeaseLostException;
import dev.remora.error.StorageException;
import dev.remora.model.JobId;
import dev.remora.model.Limit;
import dev.remora.spi.JobLog;
import dev.remora.spi.LogChunk;
import dev.remora.spi.LogExtent;
import dev.remora.spi.LogStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of one attempt: cuts what is written into lines and stores them in chunks. What a stream brings is stored
 * before {@link #stream} returns; single lines are stored a moment later, together.
 */
final class LogWriter implements JobLog {
    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);
    private static final int CHUNK_BYTES = 256 << 10;
    private static final int LONGEST_LINE = 1 << 20;
    private static final Duration TOO_FAST = Duration.ofMillis(20);
    private static final Duration FLUSH_DELAY = Duration.ofMillis(100);
    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final Duration LAST_RETRY = Duration.ofSeconds(5);

    private final EngineParts parts;
    private final ActiveRun run;
    private final LogStore store;
    private final JobId job;
    private final LogContext context;
    private final int attempt;
    private final LineCutter cutter;
    private final LineRate rate;
    private final long mostBytes;
    private final boolean waits;
    private final Lock lock;
    private boolean positioned;
    private long nextLine;
    private long streamed;
    private long streamStored;
    /** What came in single lines. */
    private long lineBytes;

    private boolean flushPlanned;
    private boolean closed;

    /** What may or may not be stored, as the answer did not come: repeated as it is, else the storage would not know it; or null. */
    private LogChunk unsure;

    /** Why nothing is written any more, if it is another engine's turn; else null. */
    private LeaseLostException keptOut;

    /** @param waits whether who writes may be kept waiting, so that it is not too fast */
    LogWriter(EngineParts parts, ActiveRun run, JobId job, int attempt, boolean waits, LogContext context) {
        this.context = context;
        this.parts = parts;
        this.run = run;
        this.job = job;
        this.attempt = attempt;
        store = parts.storage().logs();
        this.waits = waits;
        cutter = new LineCutter((int) Math.min(LONGEST_LINE, parts.config().limit(Limit.LOG_LINE_SIZE)));
        rate = new LineRate(parts.config().limit(Limit.LOG_LINE_RATE));
        mostBytes = parts.config().limit(Limit.LOG_SIZE);
        lock = parts.threads().lock().writeLock();
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable work) {
        locked(() -> {
            work.run();
            return true;
        });
    }

    @Override
    public void line(String text) {
        awaitRoom();
        byte[] bytes = bytes(text);
        locked(() -> {
            boolean fits = lineBytes + bytes.length <= mostBytes;
            if (fits) {
                add(bytes);
            } else if (lineBytes <= mostBytes) {
                add(bytes(tooLong()));
            }
            lineBytes = fits ? lineBytes + bytes.length : mostBytes + 1;
        });
    }

    /** Writes what Remora has to say, however long the log is. */
    void remark(String text) {
        locked(() -> add(bytes(text)));
    }

    private static byte[] bytes(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private String tooLong() {
        return "[remora] the log of this attempt is longer than " + mostBytes + " bytes (" + Limit.LOG_SIZE
                + "); what follows is left out";
    }

    @Override
    public long room() {
        return rate.room();
    }

    private void awaitRoom() {
        while (waits && rate.room() == 0) {
            try {
                parts.threads().pause(TOO_FAST);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void cut(byte[] bytes, int offset, int length) {
        int before = cutter.lines();
        cutter.cut(bytes, offset, length);
        rate.wrote(cutter.lines() - before);
    }

    private void add(byte[] bytes) {
        if (closed) {
            return;
        }
        endPartial();
        cut(bytes, 0, bytes.length);
        if (cutter.size() >= CHUNK_BYTES) {
            flushPatiently();
        } else if (!flushPlanned) {
            flushPlanned = true;
            parts.jobThreads().later(FLUSH_DELAY, this::plannedFlush);
        }
    }

    /** What was read of a line that has not ended is a line as it is, and nobody reads it again. */
    private void endPartial() {
        streamed += cutter.partialSize();
        cutter.endPartial();
    }

    private void plannedFlush() {
        context.within(() -> locked(this::flushAsPlanned));
    }

    private void flushAsPlanned() {
        flushPlanned = false;
        if (closed) {
            return;
        }
        try {
            flush();
        } catch (StorageException away) {
            if (!away.isTransient()) {
                giveUp(away);
                return;
            }
            LOG.debug("log of {} cannot be stored now", job, away);
            flushPlanned = true;
            parts.jobThreads().later(LAST_RETRY, this::plannedFlush);
        }
    }

    /** Waits while the storage cannot take more, so that a job that writes without end fills no heap. */
    private void flushPatiently() {
        Duration pause = FIRST_RETRY;
        while (true) {
            try {
                flush();
                return;
            } catch (StorageException away) {
                if (!away.isTransient()) {
                    throw away;
                }
            }
            lock.unlock();
            try {
                parts.threads().pause(pause);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                lock.lock();
            }
            pause = pause.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? pause.multipliedBy(2) : LAST_RETRY;
        }
    }

    @Override
    public void stream(byte[] bytes, int offset, int length, long position) {
        awaitRoom();
        locked(() -> streamLocked(bytes, offset, length, position));
    }

    private void streamLocked(byte[] bytes, int offset, int length, long position) {
        requireOwned();
        if (closed) {
            return;
        }
        position();
        flush();
        try {
            long begin = position - length;
            int kept = (int) Math.max(0, Math.min(length, mostBytes - begin));
            for (int done = 0; done < kept; ) {
                int part = Math.min(CHUNK_BYTES, kept - done);
                cut(bytes, offset + done, part);
                done += part;
                streamed = begin + done - cutter.partialSize();
                flush();
                requireOwned();
            }
            if (kept < length) {
                leaveOut(position);
            }
        } catch (StorageException away) {
            // why: the job reads its output again from streamPosition() on, which is behind what waits to be stored
            cutter.reset();
            streamed = storedPosition();
            throw away;
        }
    }

    /**
     * The stream goes on beyond what is kept of it. That it does is said once, and stored with a position beyond the limit,
     * which tells the next engine that it was said.
     */
    private void leaveOut(long position) {
        boolean said = streamed > mostBytes;
        if (!said) {
            endPartial();
            byte[] remark = bytes(tooLong());
            cut(remark, 0, remark.length);
        }
        streamed = position;
        flush();
        requireOwned();
    }

    @Override
    public long streamPosition() {
        return locked(() -> {
            position();
            return storedPosition();
        });
    }

    private long storedPosition() {
        return unsure == null ? streamStored : unsure.sourcePosition();
    }

    /** Finds out where the log of the job ends, and how much of this attempt's stream is in it. */
    private void position() {
        if (positioned) {
            return;
        }
        List<LogExtent> extents = store.extents(job);
        if (!extents.isEmpty()) {
            LogExtent last = extents.get(extents.size() - 1);
            nextLine = last.firstLine() + last.lineCount();
            streamStored = last.attempt() == attempt ? last.sourcePosition() : 0;
            streamed = streamStored;
        }
        positioned = true;
    }

    private void flush() {
        if (unsure == null && cutter.lines() == 0) {
            return;
        }
        position();
        while (unsure != null || cutter.lines() > 0) {
            if (unsure == null) {
                unsure = new LogChunk(job, attempt, nextLine, cutter.lines(), cutter.text(), streamed);
                cutter.clearText();
            }
            if (!append(unsure)) {
                return;
            }
            parts.metrics().logged(unsure.text().length, unsure.lineCount());
            nextLine += unsure.lineCount();
            streamStored = unsure.sourcePosition();
            unsure = null;
            parts.logActivity().appended(job);
        }
    }

    /** Returns whether it is stored; if not, another engine writes this log now, and nothing more comes from here. */
    private boolean append(LogChunk chunk) {
        try {
            store.append(run.lease(), chunk);
            return true;
        } catch (LeaseLostException doubtful) {
            return appendAfterAll(chunk, doubtful);
        }
    }

    private boolean appendAfterAll(LogChunk chunk, LeaseLostException doubtful) {
        boolean stands = parts.fence().standsAfterAll(run);
        if (stands) {
            try {
                store.append(run.lease(), chunk);
                return true;
            } catch (LeaseLostException theirs) {
                doubtful.addSuppressed(theirs);
            }
        }
        LOG.debug("log of {} attempt {} belongs to another engine now", job, attempt, doubtful);
        closed = true;
        keptOut = doubtful;
        drop();
        parts.fence().keepOut(run, stands, doubtful);
        return false;
    }

    private void requireOwned() {
        if (keptOut != null) {
            throw new LeaseLostException(keptOut.getMessage());
        }
    }

    private void giveUp(StorageException refused) {
        LOG.error("the log of {} attempt {} cannot be stored and ends here", job, attempt, refused);
        closed = true;
        drop();
    }

    private void drop() {
        cutter.clearText();
        unsure = null;
    }

    /** Stores what is left, trying again while the storage is away, and then goes on. */
    void close(Runnable then) {
        close(true, then);
    }

    /** Closes it, but leaves a line that is not ended to the engine that reads the job's output on. */
    void leave(Runnable then) {
        close(false, then);
    }

    private void close(boolean complete, Runnable then) {
        if (locked(() -> closeNow(complete))) {
            then.run();
        } else {
            parts.jobThreads().later(FIRST_RETRY.multipliedBy(10), () -> context.within(() -> close(complete, then)));
        }
    }

    private boolean closeNow(boolean complete) {
        if (closed) {
            return true;
        }
        try {
            if (complete) {
                endPartial();
            }
            flush();
            closed = true;
            return true;
        } catch (StorageException away) {
            if (!away.isTransient()) {
                giveUp(away);
                return true;
            }
            LOG.debug("the end of the log of {} cannot be stored now", job, away);
            return false;
        }
    }
}
