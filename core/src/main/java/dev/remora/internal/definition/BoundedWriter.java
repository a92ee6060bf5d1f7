package dev.remora.internal.definition;

import dev.remora.error.LimitExceededException;
import dev.remora.model.Limit;
import java.io.IOException;
import java.io.Writer;

/** Passes a definition's text on, up to the limit. */
public final class BoundedWriter extends Writer {
    private final Writer to;
    private final long most;
    private long count;

    BoundedWriter(Writer to, long most) {
        this.to = to;
        this.most = most;
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
        count += length;
        if (count > most) {
            throw new LimitExceededException(
                    Limit.DEFINITION_SIZE, most, "the definition has more than " + most + " characters as JSON");
        }
        to.write(characters, offset, length);
    }

    @Override
    public void flush() throws IOException {
        to.flush();
    }

    /** Does nothing: who opened what is written to closes it. */
    @Override
    public void close() {}
}
