package dev.remora.testkit;

import dev.remora.model.WorkflowZip;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Makes zip archives, sound ones and such as no honest program makes. Not safe for use by several threads. */
public final class Zip {
    /** The mode of an ordinary file that runs with the rights of its owner. */
    public static final int SET_UID_FILE = 0104755;
    /** The mode of a symbolic link. */
    public static final int LINK = 0120777;
    /** The mode of a named pipe. */
    public static final int PIPE = 0010644;

    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private int entries;
    private int mode;
    private int flags;
    private int method = DEFLATED;
    private int claimedSize = -1;
    private boolean wrongSum;

    private Zip() {}

    /**
     * Starts an empty archive.
     *
     * @return the archive
     */
    public static Zip create() {
        return new Zip();
    }

    /**
     * Starts an archive with a definition.
     *
     * @param json the definition
     * @return the archive
     */
    public static Zip of(String json) {
        return new Zip().file("workflow.json", json);
    }

    /**
     * Sets the mode of what is added next.
     *
     * @param unixMode the mode, with the kind of file
     * @return this
     */
    public Zip mode(int unixMode) {
        mode = unixMode;
        return this;
    }

    /**
     * Marks what is added next as encrypted.
     *
     * @return this
     */
    public Zip encrypted() {
        flags = 1;
        return this;
    }

    /**
     * Sets by which method what is added next claims to be packed, or is, if it is 0 for none.
     *
     * @param number the method
     * @return this
     */
    public Zip method(int number) {
        method = number;
        return this;
    }

    /**
     * Lets what is added next say that it is smaller or larger than it is.
     *
     * @param size the claim
     * @return this
     */
    public Zip claim(int size) {
        claimedSize = size;
        return this;
    }

    /**
     * Gives what is added next a wrong check sum.
     *
     * @return this
     */
    public Zip wrongSum() {
        wrongSum = true;
        return this;
    }

    /**
     * Adds a file.
     *
     * @param name its name, whatever it is
     * @param text its text
     * @return this
     */
    public Zip file(String name, String text) {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Adds a file.
     *
     * @param name its name, whatever it is
     * @param bytes what it holds
     * @return this
     */
    public Zip file(String name, byte[] bytes) {
        return file(name.getBytes(StandardCharsets.UTF_8), bytes);
    }

    /**
     * Adds a file.
     *
     * @param name its name, in whatever encoding
     * @param bytes what it holds
     * @return this
     */
    public Zip file(byte[] name, byte[] bytes) {
        byte[] packed = method == STORED ? bytes : deflated(bytes);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        int crc = (int) sum.getValue() ^ (wrongSum ? 1 : 0);
        int size = claimedSize < 0 ? bytes.length : claimedSize;
        int start = out.size();
        ByteBuffer common = little(26);
        common.putShort((short) 20).putShort((short) flags).putShort((short) method);
        common.putInt(0).putInt(crc).putInt(packed.length).putInt(size);
        common.putShort((short) name.length).putShort((short) 0);
        out.writeBytes(little(4).putInt(0x04034b50).array());
        out.writeBytes(common.array());
        out.writeBytes(name);
        out.writeBytes(packed);
        directory.writeBytes(
                little(6).putInt(0x02014b50).putShort((short) (3 << 8 | 20)).array());
        directory.writeBytes(common.array());
        ByteBuffer rest = little(14);
        rest.putShort((short) 0).putShort((short) 0).putShort((short) 0);
        rest.putInt(mode << 16).putInt(start);
        directory.writeBytes(rest.array());
        directory.writeBytes(name);
        entries++;
        mode = 0;
        flags = 0;
        method = DEFLATED;
        claimedSize = -1;
        wrongSum = false;
        return this;
    }

    /**
     * Adds a directory.
     *
     * @param name its name, with a slash at the end
     * @return this
     */
    public Zip directory(String name) {
        return method(STORED).file(name, "");
    }

    /**
     * Returns the archive.
     *
     * @return its bytes
     */
    public byte[] bytes() {
        return bytes(entries);
    }

    /**
     * Returns the archive, with a wrong count of entries.
     *
     * @param count how many it says it has
     * @return its bytes
     */
    public byte[] bytes(int count) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(out.toByteArray());
        whole.writeBytes(directory.toByteArray());
        ByteBuffer end = little(22);
        end.putInt(0x06054b50).putShort((short) 0).putShort((short) 0);
        end.putShort((short) count).putShort((short) count);
        end.putInt(directory.size()).putInt(out.size()).putShort((short) 0);
        whole.writeBytes(end.array());
        return whole.toByteArray();
    }

    /**
     * Returns the archive.
     *
     * @return the archive as the engine takes it
     */
    public WorkflowZip zip() {
        return WorkflowZip.of(bytes());
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] packed = new byte[bytes.length + 100];
            return Arrays.copyOf(packed, deflater.deflate(packed));
        } finally {
            deflater.end();
        }
    }
}
