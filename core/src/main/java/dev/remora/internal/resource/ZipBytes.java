package dev.remora.internal.resource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of an archive, read from where one likes. */
final class ZipBytes implements AutoCloseable {
    private final RandomAccessFile file;
    private final long length;

    ZipBytes(RandomAccessFile file) throws IOException {
        this.file = file;
        length = file.length();
    }

    long length() {
        return length;
    }

    /** Reads some bytes whole. */
    ByteBuffer read(long position, int count) throws IOException {
        if (position < 0 || position > length - count) {
            throw new BrokenArchiveException("it ends too early, or points beyond its end");
        }
        byte[] bytes = new byte[count];
        file.seek(position);
        file.readFully(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads some bytes, perhaps less than wanted. */
    int read(long position, byte[] bytes, int offset, int count) throws IOException {
        file.seek(position);
        return file.read(bytes, offset, count);
    }

    static int unsigned(short value) {
        return Short.toUnsignedInt(value);
    }

    static long unsigned(int value) {
        return Integer.toUnsignedLong(value);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
