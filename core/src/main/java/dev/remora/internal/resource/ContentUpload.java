package dev.remora.internal.resource;

import com.google.common.collect.Iterables;
import com.google.common.io.ByteStreams;
import dev.remora.error.ContentMissingException;
import dev.remora.error.StorageException;
import dev.remora.model.Content;
import dev.remora.spi.ResourceStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Stores contents, and then what refers to them; if that fails, the contents go again. */
final class ContentUpload {
    private static final int TRIES = 5;

    private final ResourceStore store;

    ContentUpload(ResourceStore store) {
        this.store = store;
    }

    /**
     * Stores.
     *
     * @param contents the contents, and by what each is read
     * @param reference stores what refers to them
     * @param refers tells, of what that returned, whether it does
     */
    <T> T store(Map<Content, ReceivedPackage.FileOpener> contents, Supplier<T> reference, Predicate<T> refers) {
        boolean kept = false;
        try {
            T result = persistently(contents, reference);
            kept = refers.test(result);
            return result;
        } finally {
            if (!kept) {
                bounded(contents.keySet()).forEach(store::discard);
            }
        }
    }

    private <T> T persistently(Map<Content, ReceivedPackage.FileOpener> contents, Supplier<T> reference) {
        for (int tries = 1; ; tries++) {
            for (List<Content> some : bounded(contents.keySet())) {
                Set<Content> missing = store.missing(some);
                missing.forEach(content -> upload(content, contents.get(content)));
            }
            try {
                return reference.get();
            } catch (ContentMissingException gone) {
                // why: the content was here, as a part of something that was removed meanwhile
                if (tries == TRIES) {
                    throw gone;
                }
            }
        }
    }

    private void upload(Content content, ReceivedPackage.FileOpener opener) {
        try (InputStream in = opener.open()) {
            long left = content.size();
            for (int chunk = 0; left > 0; chunk++) {
                byte[] bytes = new byte[(int) Math.min(left, ResourceStore.CHUNK_SIZE)];
                ByteStreams.readFully(in, bytes);
                store.append(content, chunk, bytes);
                left -= bytes.length;
            }
        } catch (IOException unreadable) {
            throw new StorageException("cannot read a temporary file: " + unreadable, true, unreadable);
        }
    }

    private static Iterable<List<Content>> bounded(Collection<Content> contents) {
        return Iterables.partition(contents, ResourceStore.MOST_CONTENTS);
    }
}
