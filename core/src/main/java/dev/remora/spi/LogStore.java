package dev.remora.spi;

import dev.remora.model.JobId;
import java.util.List;

/** The logs of the jobs: lines in chunks, appended by position, never changed. */
public interface LogStore {
    /**
     * Appends lines. Idempotent: if the log of the job already has more than {@code chunk.firstLine()} lines, the chunk
     * was stored before, and nothing happens.
     *
     * @param chunk the lines; {@code firstLine} must not be beyond the end of the log
     * @throws dev.remora.error.StorageException if there would be a gap
     */
    void append(LogChunk chunk);

    /**
     * Returns where each attempt's lines are, in order of attempts.
     *
     * @param job the job
     * @return one extent for each attempt that has a chunk; empty if nothing was logged
     */
    List<LogExtent> extents(JobId job);

    /**
     * Reads chunks in order, beginning with the one that holds a line.
     *
     * @param job the job
     * @param line the number of the line
     * @param maxBytes when to stop: after the chunk with which the texts exceed this; at least one chunk is returned if
     *     there is one
     * @return the chunks; empty if the line is beyond the end
     */
    List<LogChunk> read(JobId job, long line, int maxBytes);
}
