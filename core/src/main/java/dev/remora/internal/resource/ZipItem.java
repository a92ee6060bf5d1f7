package dev.remora.internal.resource;

import java.util.Optional;

/**
 * One entry as the directory of an archive tells of it; nothing of it is believed but where its bytes are.
 *
 * @param name as it is written
 * @param attributes the attributes of the file in the system that made the archive
 */
record ZipItem(
        String name, int flags, int method, long crc, long packedSize, long size, int attributes, long headerStart) {
    static final int STORED = 0;
    static final int DEFLATED = 8;

    private static final int ENCRYPTED = 1;
    private static final int STRONGLY_ENCRYPTED = 1 << 6;
    private static final int FILE_TYPE = 0xF000;
    private static final int DIRECTORY = 0x4000;
    private static final int ORDINARY_FILE = 0x8000;
    private static final int SYMBOLIC_LINK = 0xA000;

    boolean isDirectory() {
        return name.endsWith("/") || fileType() == DIRECTORY;
    }

    /** The path that the name stands for, not checked. */
    String path() {
        return name.length() > 1 && name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }

    /** Finds what is wrong with it, beside its name and what it holds. */
    Optional<String> problem() {
        int type = fileType();
        if (type == SYMBOLIC_LINK) {
            return Optional.of("is a symbolic link; only files and directories are taken");
        }
        if (type != 0 && type != ORDINARY_FILE && type != DIRECTORY) {
            return Optional.of("is neither a file nor a directory");
        }
        if ((flags & (ENCRYPTED | STRONGLY_ENCRYPTED)) != 0) {
            return Optional.of("is encrypted; that is not supported");
        }
        if (method != STORED && method != DEFLATED) {
            return Optional.of("is packed by method " + method + "; it must be stored (0) or deflated (8)");
        }
        return Optional.empty();
    }

    /** Unix systems keep the mode of a file in the upper half. */
    private int fileType() {
        return attributes >>> 16 & FILE_TYPE;
    }
}
