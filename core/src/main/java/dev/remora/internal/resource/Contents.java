package dev.remora.internal.resource;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.remora.model.Content;
import java.io.IOException;
import java.io.InputStream;

/** Works out what a content is. */
final class Contents {
    private static final int BUFFER = 64 << 10;

    private Contents() {}

    /** Reads a stream to its end. */
    static Content of(InputStream in) throws IOException {
        Hasher hasher = Hashing.sha256().newHasher();
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            hasher.putBytes(buffer, 0, count);
            size += count;
        }
        return new Content(hasher.hash().toString(), size);
    }
}
