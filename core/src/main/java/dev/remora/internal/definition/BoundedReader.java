package dev.remora.internal.definition;

import dev.remora.error.LimitExceededException;
import dev.remora.model.Limit;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Refuses a definition that is longer than it may be. */
final class BoundedReader extends FilterReader {
    private final long most;
    private long count;

    BoundedReader(Reader in, long most) {
        super(in);
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] to, int offset, int length) throws IOException {
        int got = in.read(to, offset, length);
        count += Math.max(0, got);
        if (count > most) {
            throw new LimitExceededException(Limit.DEFINITION_SIZE, most, "the definition is longer");
        }
        return got;
    }

    /** Does nothing: a parser closes what it reads when it is at the end, and who opened it may go on. */
    @Override
    public void close() {}
}
