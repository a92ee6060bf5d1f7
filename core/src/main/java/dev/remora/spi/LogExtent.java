package dev.remora.spi;

/**
 * Where the lines of one attempt are in the log of its job.
 *
 * @param attempt the attempt
 * @param firstLine the number of its first line
 * @param lineCount how many lines it has
 * @param sourcePosition the highest {@link LogChunk#sourcePosition()} of its chunks
 */
public record LogExtent(int attempt, long firstLine, long lineCount, long sourcePosition) {}
