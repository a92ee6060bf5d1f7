package dev.remora.storage.memory;

import dev.remora.error.StorageException;
import dev.remora.model.Content;
import dev.remora.spi.ResourceStore;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** A content as far as it is stored: on the heap while it is small, else in a file. */
final class HeldContent {
    /** How large a content may be and stay on the heap, in bytes. */
    static final int LARGEST_ON_HEAP = 64 << 10;

    private final Content content;
    private final Space space;
    private final int chunks;
    private final boolean onHeap;
    private final BitSet present = new BitSet();
    private byte[] bytes = {};
    private SpillFile file;
    private boolean removed;

    HeldContent(Content content, Space space) {
        this.content = content;
        this.space = space;
        chunks = Math.toIntExact((content.size() + ResourceStore.CHUNK_SIZE - 1) / ResourceStore.CHUNK_SIZE);
        onHeap = content.size() <= LARGEST_ON_HEAP && space.reserve(content.size());
    }

    synchronized boolean isComplete() {
        return present.cardinality() == chunks;
    }

    synchronized void append(int chunk, byte[] part) {
        if (chunk < 0 || chunk >= chunks || part.length != length(chunk)) {
            throw new StorageException(
                    "chunk " + chunk + " of " + part.length + " bytes is no part of content " + content.sha256()
                            + " of " + content.size() + " bytes",
                    false);
        }
        if (removed || present.get(chunk)) {
            return;
        }
        if (onHeap) {
            bytes = part;
        } else {
            if (file == null) {
                file = space.newFile();
            }
            file.write(start(chunk), part);
        }
        present.set(chunk);
    }

    synchronized Optional<byte[]> read(int chunk) {
        if (removed || chunk < 0 || !present.get(chunk)) {
            return Optional.empty();
        }
        if (onHeap) {
            return Optional.of(bytes);
        }
        byte[] part = new byte[length(chunk)];
        file.read(start(chunk), List.of(part));
        return Optional.of(part);
    }

    synchronized void remove() {
        removed = true;
        bytes = new byte[0];
        if (onHeap) {
            space.free(content.size());
        }
        if (file != null) {
            file.delete();
        }
    }

    private int length(int chunk) {
        return (int) Math.min(ResourceStore.CHUNK_SIZE, content.size() - start(chunk));
    }

    private static long start(int chunk) {
        return (long) chunk * ResourceStore.CHUNK_SIZE;
    }
}
