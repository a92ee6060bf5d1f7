package dev.remora.examples.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of a request: at most so large, and no slower than the limits allow. */
final class PacedInput extends FilterInputStream {
    private final Guard guard;
    private final HttpLimits limits;
    private final long most;
    private final long started = System.nanoTime();
    private long count;

    PacedInput(InputStream body, Guard guard, HttpLimits limits, long most) {
        super(body);
        this.guard = guard;
        this.limits = limits;
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        guard.arm(limits.timeFor(count).minusNanos(System.nanoTime() - started));
        int got;
        try {
            got = in.read(target, offset, length);
        } finally {
            guard.disarm();
        }
        count += Math.max(0, got);
        if (count > most) {
            throw HttpProblem.tooLarge("the body of this request", most);
        }
        return got;
    }

    @Override
    public long skip(long bytes) throws IOException {
        return in.skip(0);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
