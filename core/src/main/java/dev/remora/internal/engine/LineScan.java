package dev.remora.internal.engine;

import dev.remora.model.JobId;
import dev.remora.model.LogLine;
import dev.remora.spi.LogChunk;
import dev.remora.spi.LogStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Goes through the lines of a log, holding a bounded part of it at a time. */
record LineScan(LogStore store, JobId job) {
    private static final int BYTES_AT_ONCE = 1 << 20;

    /** Goes through lines from one number, inclusive, to another, exclusive. Returns the number of the next line. */
    long forEach(long from, long to, Consumer<LogLine> action) {
        long next = from;
        while (next < to) {
            List<LogChunk> chunks = store.read(job, next, BYTES_AT_ONCE);
            if (chunks.isEmpty()) {
                return next;
            }
            for (LogChunk chunk : chunks) {
                next = forEach(chunk, next, to, action);
            }
        }
        return next;
    }

    private static long forEach(LogChunk chunk, long from, long to, Consumer<LogLine> action) {
        byte[] text = chunk.text();
        long number = chunk.firstLine();
        int begin = 0;
        for (int i = 0; i < text.length && number < to; i++) {
            if (text[i] == '\n') {
                if (number >= from) {
                    String line = new String(text, begin, i - begin, StandardCharsets.UTF_8);
                    action.accept(new LogLine(number, chunk.attempt(), line));
                }
                number++;
                begin = i + 1;
            }
        }
        return Math.max(from, number);
    }
}
