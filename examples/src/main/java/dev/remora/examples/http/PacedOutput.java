package dev.remora.examples.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The body of a response, which the client must take no slower than the limits allow. */
final class PacedOutput extends FilterOutputStream {
    private final Guard guard;
    private final HttpLimits limits;
    private long count;
    private long spent;

    PacedOutput(OutputStream body, Guard guard, HttpLimits limits) {
        super(body);
        this.guard = guard;
        this.limits = limits;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        paced(() -> out.write(source, offset, length), length);
    }

    @Override
    public void flush() throws IOException {
        paced(out::flush, 0);
    }

    @Override
    public void close() throws IOException {
        paced(out::close, 0);
    }

    private void paced(Step step, int length) throws IOException {
        count += length;
        long before = System.nanoTime();
        guard.arm(limits.timeFor(count).minusNanos(spent));
        try {
            step.run();
        } finally {
            guard.disarm();
            // why: only the time that the client takes counts, not the time that the answer takes to be made
            spent += System.nanoTime() - before;
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
