package dev.remora.job.internal.process;

import dev.remora.error.StorageException;
import dev.remora.spi.JobLog;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a job writes; can fail for a while. */
public final class TestLog implements JobLog {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<String> remarks = new CopyOnWriteArrayList<>();
    private long position;
    private long total;
    private int largestPart;
    private int failures;
    private RuntimeException failure = new StorageException("out for a moment", true);
    private boolean failed;
    private boolean keepNothing;

    @Override
    public void line(String text) {
        remarks.add(text);
    }

    @Override
    public synchronized void stream(byte[] part, int offset, int length, long newPosition) {
        if (failures > 0) {
            failures--;
            failed = true;
            throw failure;
        }
        if (position + length != newPosition) {
            throw new AssertionError("at " + position + ", and " + length + " bytes lead to " + newPosition);
        }
        position = newPosition;
        total += length;
        largestPart = Math.max(largestPart, length);
        if (!keepNothing) {
            bytes.write(part, offset, length);
        }
    }

    @Override
    public synchronized long streamPosition() {
        return position;
    }

    /** Returns the lines that are not from the job's own output. */
    public List<String> remarks() {
        return remarks;
    }

    public synchronized void failNext(int times) {
        failures = times;
    }

    public synchronized void failAlways(RuntimeException with) {
        failures = Integer.MAX_VALUE;
        failure = with;
    }

    /** Tells whether it has failed ever. */
    public synchronized boolean failed() {
        return failed;
    }

    public synchronized void keepNothing() {
        keepNothing = true;
    }

    public synchronized byte[] bytes() {
        return bytes.toByteArray();
    }

    public synchronized long total() {
        return total;
    }

    public synchronized int largestPart() {
        return largestPart;
    }

    /** Returns the lines, the last one also if it has no end. */
    public List<String> lines() {
        return new String(bytes(), StandardCharsets.UTF_8).lines().toList();
    }
}
