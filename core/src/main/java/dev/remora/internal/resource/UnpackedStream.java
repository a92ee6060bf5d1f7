package dev.remora.internal.resource;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/** A file of a package while it is unpacked: counted, and compared with what the archive says of it. */
final class UnpackedStream extends FilterInputStream {
    private final ZipItem item;
    private final UnpackedBytes unpacked;
    private final CRC32 sum = new CRC32();
    private long count;

    UnpackedStream(InputStream in, ZipItem item, UnpackedBytes unpacked) {
        super(in);
        this.item = item;
        this.unpacked = unpacked;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int got = in.read(to, offset, length);
        if (got > 0) {
            sum.update(to, offset, got);
            count += got;
            unpacked.add(item.name(), got, count);
        }
        return got;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Reads what is left, and checks the whole. */
    void finish() throws IOException {
        byte[] rest = new byte[8192];
        while (read(rest, 0, rest.length) >= 0) {
            continue;
        }
        if (count != item.size() || sum.getValue() != item.crc()) {
            throw new BrokenArchiveException("entry " + item.name() + " is not what its check sum says");
        }
    }
}
