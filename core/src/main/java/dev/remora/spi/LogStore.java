package dev.remora.spi;

import dev.remora.model.JobId;
import java.util.List;

/** The logs of the jobs: lines in chunks, appended by position, never changed. */
public interface LogStore {
    /**
     * Appends lines. Idempotent: if the log of the job already has more than {@code chunk.firstLine()} lines, the chunk
     * was stored before, and nothing happens.
     *
     * <p>Fenced like a commit, within the transaction: an engine that was paused past its lease must not take the number
     * of a line from the attempt that another engine has begun meanwhile. Whether the chunk was stored before is asked
     * after that. To a final execution any standing lease may append: its jobs may still have something to say.
     *
     * @param owner the lease of the engine that runs the job
     * @param chunk the lines; {@code firstLine} must not be beyond the end of the log
     * @throws dev.remora.error.LeaseLostException if the lease does not stand, or the execution is not final and the
     *     lease does not own it; then nothing is stored
     * @throws dev.remora.error.StorageException if there would be a gap, or there is no such execution
     */
    void append(Lease owner, LogChunk chunk);

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
