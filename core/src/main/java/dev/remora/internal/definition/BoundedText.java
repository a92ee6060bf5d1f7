package dev.remora.internal.definition;

import dev.remora.error.LimitExceededException;
import dev.remora.model.Limit;
import java.io.Writer;

/** Collects a definition's text up to the limit. */
public final class BoundedText extends Writer {
    private final StringBuilder text = new StringBuilder();
    private final long most;

    BoundedText(long most) {
        this.most = most;
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        if (text.length() + (long) length > most) {
            throw new LimitExceededException(
                    Limit.DEFINITION_SIZE, most, "the definition has more than " + most + " characters as JSON");
        }
        text.append(characters, offset, length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return text.toString();
    }
}
