package dev.remora.storage.memory;

import dev.remora.spi.LogChunk;
import java.util.Arrays;

/** Where the chunks of one log are: a few numbers for each, in arrays. Not safe for use by several threads. */
final class ChunkIndex {
    private long[] firstLines = new long[2];
    private long[] starts = new long[2];
    private long[] sourcePositions = new long[2];
    private int[] attempts = new int[2];
    private int count;
    private long lines;
    private long bytes;

    void add(LogChunk chunk) {
        if (count == firstLines.length) {
            int grown = Math.max(count + 2, (int) Math.min(count * 3L / 2, Integer.MAX_VALUE - 8));
            firstLines = Arrays.copyOf(firstLines, grown);
            starts = Arrays.copyOf(starts, grown);
            sourcePositions = Arrays.copyOf(sourcePositions, grown);
            attempts = Arrays.copyOf(attempts, grown);
        }
        firstLines[count] = lines;
        starts[count] = bytes;
        sourcePositions[count] = chunk.sourcePosition();
        attempts[count] = chunk.attempt();
        lines += chunk.lineCount();
        bytes += chunk.text().length;
        count++;
    }

    /** Returns how many chunks there are. */
    int count() {
        return count;
    }

    /** Returns how many lines there are. */
    long lines() {
        return lines;
    }

    /** Returns how long all texts are together. */
    long bytes() {
        return bytes;
    }

    /** Returns the place of the chunk that holds a line, or {@link #count} if it is beyond the end. */
    int chunkOf(long line) {
        if (line >= lines) {
            return count;
        }
        int found = Arrays.binarySearch(firstLines, 0, count, line);
        return found >= 0 ? found : Math.max(0, -found - 2);
    }

    long firstLine(int chunk) {
        return firstLines[chunk];
    }

    int lineCount(int chunk) {
        return (int) ((chunk + 1 < count ? firstLines[chunk + 1] : lines) - firstLines[chunk]);
    }

    long start(int chunk) {
        return starts[chunk];
    }

    int length(int chunk) {
        return (int) ((chunk + 1 < count ? starts[chunk + 1] : bytes) - starts[chunk]);
    }

    int attempt(int chunk) {
        return attempts[chunk];
    }

    long sourcePosition(int chunk) {
        return sourcePositions[chunk];
    }
}
