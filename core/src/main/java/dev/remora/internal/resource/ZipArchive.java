package dev.remora.internal.resource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** An archive in a file. Not safe for use by several threads; one content is read at a time. */
final class ZipArchive implements AutoCloseable {
    private static final int HEADER = 0x04034b50;
    private static final int HEADER_SIZE = 30;
    private static final int BUFFER = 16 << 10;

    private final ZipBytes bytes;
    private final ZipDirectory directory;

    private ZipArchive(ZipBytes bytes, ZipDirectory directory) {
        this.bytes = bytes;
        this.directory = directory;
    }

    static ZipArchive open(Path file) throws IOException {
        ZipBytes bytes = new ZipBytes(new RandomAccessFile(file.toFile(), "r"));
        try {
            return new ZipArchive(bytes, ZipDirectory.of(bytes));
        } catch (IOException | RuntimeException broken) {
            bytes.close();
            throw broken;
        }
    }

    /** Returns how many bytes the archive has. */
    long size() {
        return bytes.length();
    }

    /** Tells whether there is an entry that was not read yet. */
    boolean hasNext() throws IOException {
        return directory.hasNext();
    }

    /** Returns the next entry, in the order of the directory. */
    ZipItem next() throws IOException {
        return directory.next();
    }

    /**
     * Unpacks an entry. Neither its size nor its check sum is looked at.
     *
     * @return throws {@link java.util.zip.ZipException} or {@link java.io.EOFException} if the packed bytes are broken
     */
    InputStream content(ZipItem item) throws IOException {
        ByteBuffer header = bytes.read(item.headerStart(), HEADER_SIZE);
        if (header.getInt(0) != HEADER) {
            throw new BrokenArchiveException("entry " + item.name() + " is not where its directory says");
        }
        long start = item.headerStart()
                + HEADER_SIZE
                + ZipBytes.unsigned(header.getShort(26))
                + ZipBytes.unsigned(header.getShort(28));
        if (item.packedSize() > directory.start() - start) {
            throw new BrokenArchiveException("entry " + item.name() + " goes on beyond its end");
        }
        InputStream packed = new Slice(bytes, start, start + item.packedSize());
        return item.method() == ZipItem.STORED ? packed : new Inflated(packed);
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    /** Some bytes of the archive. */
    private static final class Slice extends InputStream {
        private final ZipBytes bytes;
        private final long end;
        private long position;

        Slice(ZipBytes bytes, long start, long end) {
            this.bytes = bytes;
            this.end = end;
            position = start;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (position >= end) {
                return -1;
            }
            int count = bytes.read(position, to, offset, (int) Math.min(length, end - position));
            position += Math.max(0, count);
            return count;
        }
    }

    /** Deflated bytes, unpacked; lets the memory outside of the heap go when closed. */
    private static final class Inflated extends InflaterInputStream {
        Inflated(InputStream packed) {
            // why: without the header of zlib, an inflater wants one byte more than there is
            super(new SequenceInputStream(packed, new ByteArrayInputStream(new byte[1])), new Inflater(true), BUFFER);
        }

        @Override
        public void close() throws IOException {
            inf.end();
            super.close();
        }
    }
}
