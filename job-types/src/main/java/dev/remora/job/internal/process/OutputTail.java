package dev.remora.job.internal.process;

import dev.remora.spi.JobLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Copies the output of a job to its log, from where the log stands. Used by one thread at a time. */
final class OutputTail {
    private static final int BLOCK_SIZE = 256 << 10;
    private static final int BLOCKS_AT_ONCE = 16;
    private static final long UNKNOWN = -1;

    private final Path file;
    private final JobLog log;
    private long position = UNKNOWN;

    OutputTail(Path file, JobLog log) {
        this.file = file;
        this.log = log;
    }

    /** Returns how far the output is copied, as far as that is known. */
    long position() {
        return position;
    }

    long size() throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /**
     * Copies some of the output, not more than a few blocks. After an exception it goes on where the log then stands.
     *
     * @param end how far to copy at the most, not beyond the size of the file
     * @return how many bytes remain
     */
    long copy(long end) throws IOException {
        if (position == UNKNOWN) {
            position = log.streamPosition();
        }
        if (position >= end) {
            return 0;
        }
        long next = position;
        position = UNKNOWN;
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(next);
            byte[] block = new byte[(int) Math.min(BLOCK_SIZE, end - next)];
            for (int i = 0; i < BLOCKS_AT_ONCE && next < end; i++) {
                int length = channel.read(ByteBuffer.wrap(block, 0, (int) Math.min(block.length, end - next)));
                if (length < 0) {
                    // why: the job cut its own output file; what is gone will not come
                    next = end;
                    break;
                }
                next += length;
                log.stream(block, 0, length, next);
            }
        }
        position = next;
        return end - next;
    }
}
