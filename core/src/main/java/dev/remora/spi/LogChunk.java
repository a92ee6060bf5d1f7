package dev.remora.spi;

import dev.remora.model.JobId;
import java.util.Objects;

/**
 * Some lines of a job's log.
 *
 * @param job the job
 * @param attempt the attempt that wrote them
 * @param firstLine the number of the first line in the log of the job, over all attempts, from 0
 * @param lineCount how many lines, at least 1
 * @param text the lines in UTF-8, each ended by a line feed; not to be modified
 * @param sourcePosition how far the job's own output had been read when this chunk was complete, in bytes; 0 where that
 *     means nothing
 */
public record LogChunk(JobId job, int attempt, long firstLine, int lineCount, byte[] text, long sourcePosition) {
    /**
     * Creates a chunk. The text is not copied.
     *
     * @throws NullPointerException if a component is null
     */
    public LogChunk {
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(text, "text");
    }
}
