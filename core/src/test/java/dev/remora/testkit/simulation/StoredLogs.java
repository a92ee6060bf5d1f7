package dev.remora.testkit.simulation;

import dev.remora.model.JobId;
import dev.remora.spi.LogChunk;
import dev.remora.spi.LogStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** What is in the logs, for the books to look up. */
final class StoredLogs {
    private static final int MOST_BYTES = 1 << 20;

    private final LogStore store;

    StoredLogs(LogStore store) {
        this.store = store;
    }

    /** What is stored of the output of an attempt, without the single lines that were written beside it. */
    String stream(JobId job, int attempt) {
        StringBuilder text = new StringBuilder();
        long line = 0;
        List<LogChunk> chunks;
        do {
            chunks = store.read(job, line, MOST_BYTES);
            for (LogChunk chunk : chunks) {
                line = chunk.firstLine() + chunk.lineCount();
                if (chunk.attempt() == attempt) {
                    text.append(new String(chunk.text(), StandardCharsets.UTF_8));
                }
            }
        } while (!chunks.isEmpty());
        return text.toString()
                .lines()
                .filter(one -> one.startsWith("line "))
                .map(one -> one + "\n")
                .collect(Collectors.joining());
    }
}
