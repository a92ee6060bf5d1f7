package dev.remora.internal.resource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the directory at the end of an archive, entry by entry.
 *
 * <p>why: {@link java.util.zip.ZipFile} shows neither what kind of file an entry is nor whether it is encrypted, holds
 * the whole directory on the heap, and finds the second of two entries of one name only by chance.
 */
final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int BIG_END = 0x06064b50;
    private static final int BIG_END_SIZE = 56;
    private static final int BIG_END_LOCATOR = 0x07064b50;
    private static final int BIG_END_LOCATOR_SIZE = 20;
    private static final int ITEM = 0x02014b50;
    private static final int ITEM_SIZE = 46;
    private static final int BIG_ITEM = 0x0001;
    private static final long IN_BIG = 0xFFFFFFFFL;

    private final ZipBytes bytes;
    private final long start;
    private final long end;
    private final long count;
    private long position;
    private long read;

    private ZipDirectory(ZipBytes bytes, long start, long end, long count) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.count = count;
        position = start;
    }

    static ZipDirectory of(ZipBytes bytes) throws IOException {
        long at = findEnd(bytes);
        ByteBuffer tail = bytes.read(at, END_SIZE);
        boolean inParts = tail.getShort(4) != 0 || tail.getShort(6) != 0;
        long count = ZipBytes.unsigned(tail.getShort(10));
        long size = ZipBytes.unsigned(tail.getInt(12));
        long start = ZipBytes.unsigned(tail.getInt(16));
        long end = at;
        if (at >= BIG_END_LOCATOR_SIZE) {
            ByteBuffer locator = bytes.read(at - BIG_END_LOCATOR_SIZE, BIG_END_LOCATOR_SIZE);
            if (locator.getInt(0) == BIG_END_LOCATOR) {
                end = locator.getLong(8);
                ByteBuffer big = bytes.read(end, BIG_END_SIZE);
                require(big.getInt(0) == BIG_END, "its end is not where it says");
                inParts = big.getInt(16) != 0 || big.getInt(20) != 0;
                count = big.getLong(32);
                size = big.getLong(40);
                start = big.getLong(48);
            }
        }
        require(!inParts, "it is one part of several");
        require(start >= 0 && size >= 0 && start == end - size, "its directory is not where it says");
        return new ZipDirectory(bytes, start, end, count);
    }

    private static long findEnd(ZipBytes bytes) throws IOException {
        int window = (int) Math.min(bytes.length(), END_SIZE + LONGEST_COMMENT);
        ByteBuffer tail = bytes.read(bytes.length() - window, window);
        for (int at = window - END_SIZE; at >= 0; at--) {
            if (tail.getInt(at) == END && at + END_SIZE + ZipBytes.unsigned(tail.getShort(at + 20)) == window) {
                return bytes.length() - window + at;
            }
        }
        throw new BrokenArchiveException("it has no directory at its end; it is no zip archive, or was cut off");
    }

    /** Where the directory begins, and so all else ends. */
    long start() {
        return start;
    }

    boolean hasNext() throws IOException {
        if (position == end) {
            require(read == count, "its directory has " + read + " entries and says it has " + count);
        }
        return position < end;
    }

    ZipItem next() throws IOException {
        ByteBuffer head = bytes.read(position, ITEM_SIZE);
        require(head.getInt(0) == ITEM, "its directory has something else than entries");
        int nameLength = ZipBytes.unsigned(head.getShort(28));
        int extraLength = ZipBytes.unsigned(head.getShort(30));
        int commentLength = ZipBytes.unsigned(head.getShort(32));
        byte[] name = bytes.read(position + ITEM_SIZE, nameLength).array();
        ByteBuffer extra = bytes.read(position + ITEM_SIZE + nameLength, extraLength);
        position += ITEM_SIZE + nameLength + extraLength + commentLength;
        require(position <= end, "its directory is longer than it says");
        read++;
        ByteBuffer big = big(extra);
        long size = part(ZipBytes.unsigned(head.getInt(24)), big);
        long packedSize = part(ZipBytes.unsigned(head.getInt(20)), big);
        long headerStart = part(ZipBytes.unsigned(head.getInt(42)), big);
        return new ZipItem(
                text(name),
                ZipBytes.unsigned(head.getShort(8)),
                ZipBytes.unsigned(head.getShort(10)),
                ZipBytes.unsigned(head.getInt(16)),
                packedSize,
                size,
                head.getInt(38),
                headerStart);
    }

    private static ByteBuffer big(ByteBuffer extra) {
        int at = 0;
        while (at + 4 <= extra.limit()) {
            int length = ZipBytes.unsigned(extra.getShort(at + 2));
            if (ZipBytes.unsigned(extra.getShort(at)) == BIG_ITEM && at + 4 + length <= extra.limit()) {
                return extra.slice(at + 4, length).order(ByteOrder.LITTLE_ENDIAN);
            }
            at += 4 + length;
        }
        return ByteBuffer.allocate(0);
    }

    /** A number that is too big for its place stands in the extra part, in the order of the places. */
    private static long part(long inHead, ByteBuffer big) throws IOException {
        if (inHead != IN_BIG || big.remaining() < Long.BYTES) {
            return inHead;
        }
        long value = big.getLong();
        require(value >= 0, "a size in it is below 0");
        return value;
    }

    private static String text(byte[] name) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name))
                    .toString();
        } catch (CharacterCodingException other) {
            throw new BrokenArchiveException(
                    "the name of an entry, " + new String(name, StandardCharsets.UTF_8) + ", is not in UTF-8");
        }
    }

    private static void require(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw new BrokenArchiveException(otherwise);
        }
    }
}
