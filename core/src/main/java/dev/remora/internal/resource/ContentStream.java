package dev.remora.internal.resource;

import dev.remora.error.RemoraException;
import dev.remora.model.Content;
import dev.remora.spi.ResourceStore;
import java.io.IOException;
import java.io.InputStream;

/** Reads a content, one chunk on the heap at a time. */
final class ContentStream extends InputStream {
    private final ResourceStore store;
    private final Content content;
    private byte[] bytes = {};
    private int position;
    private int next;
    private long left;

    ContentStream(ResourceStore store, Content content) {
        this.store = store;
        this.content = content;
        left = content.size();
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
        if (left == 0) {
            return -1;
        }
        if (position == bytes.length) {
            bytes = chunk();
            position = 0;
        }
        int count = Math.min(length, bytes.length - position);
        System.arraycopy(bytes, position, to, offset, count);
        position += count;
        left -= count;
        return count;
    }

    private byte[] chunk() throws IOException {
        try {
            return store.read(content, next++).orElseThrow(() -> new ContentGoneException(content));
        } catch (RemoraException failed) {
            throw new IOException(failed.getMessage(), failed);
        }
    }
}
