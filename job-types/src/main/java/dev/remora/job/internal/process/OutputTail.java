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
    private final long mostBytes;
    private long position = UNKNOWN;

    /**
     * Creates a tail.
     *
     * @param mostBytes how much of it the log keeps
     */
    OutputTail(Path file, JobLog log, long mostBytes) {
        this.file = file;
        this.log = log;
        this.mostBytes = mostBytes;
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
     * Copies some of the output, not more than a few blocks, nor more lines than the log has room for. After an exception it
     * goes on where the log then stands.
     *
     * @param end how far to copy at the most, not beyond the size of the file
     * @return how many bytes remain
     */
    long copy(long end) throws IOException {
        return copy(end, false);
    }

    /** Copies some of the output, however many lines that is. */
    long copyHurriedly(long end) throws IOException {
        return copy(end, true);
    }

    private long copy(long end, boolean hurried) throws IOException {
        if (position == UNKNOWN) {
            position = log.streamPosition();
        }
        if (position > mostBytes) {
            // why: none of it would be kept
            position = Math.max(position, end);
        }
        if (position >= end) {
            return 0;
        }
        long next = position;
        position = UNKNOWN;
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            byte[] block = new byte[(int) Math.min(BLOCK_SIZE, end - next)];
            for (int i = 0; i < BLOCKS_AT_ONCE && next < end; i++) {
                long room = hurried ? Long.MAX_VALUE : log.room();
                if (room == 0) {
                    break;
                }
                channel.position(next);
                int length = channel.read(ByteBuffer.wrap(block, 0, (int) Math.min(block.length, end - next)));
                if (length < 0) {
                    // why: the job cut its own output file; what is gone will not come
                    next = end;
                    break;
                }
                int part = lines(block, length, room);
                next += part;
                log.stream(block, 0, part, next);
            }
        }
        position = next;
        return end - next;
    }

    /** Returns how many bytes so many lines have; all of them if there are not more lines. */
    private static int lines(byte[] block, int length, long most) {
        if (most >= length) {
            return length;
        }
        long lines = 0;
        for (int i = 0; i < length; i++) {
            if (block[i] == '\n' && ++lines == most) {
                return i + 1;
            }
        }
        return length;
    }
}
