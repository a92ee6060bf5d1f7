package dev.remora.internal.resource;

import dev.remora.model.Content;
import dev.remora.model.Limit;
import dev.remora.model.ProjectResource;
import dev.remora.model.WorkflowZip;
import dev.remora.spi.ResourceStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Takes files in. Safe for use by several threads. */
public final class Resources {
    private static final String RESOURCE = "resource";

    private final ResourceStore store;
    private final IncomingFiles incoming;
    private final ToLongFunction<Limit> limits;

    /** Takes files into a store, by way of a directory. */
    public Resources(ResourceStore store, IncomingFiles incoming, ToLongFunction<Limit> limits) {
        this.store = store;
        this.incoming = incoming;
        this.limits = limits;
    }

    /** Returns the store. */
    public ResourceStore store() {
        return store;
    }

    /** Reads a package; nothing of it is stored yet. */
    public ReceivedPackage receive(WorkflowZip zip) {
        return new PackageReader(incoming, limits).read(zip);
    }

    /**
     * Stores the files of a package, and then what refers to them.
     *
     * @param refers tells whether what that returned does
     */
    public <T> T store(ReceivedPackage received, Supplier<T> reference, Predicate<T> refers) {
        return new ContentUpload(store).store(received.openers(), reference, refers);
    }

    /** Saves a resource of a project, whose names are right. */
    public ProjectResource put(String project, String path, InputStream bytes, String user, Instant now) {
        // why: which content it is shows at the end only, and what is too large leaves nothing in the store
        Path file = incoming.receive(bytes, RESOURCE, Limit.RESOURCE_SIZE, limits.applyAsLong(Limit.RESOURCE_SIZE));
        try {
            Content content = contentOf(file);
            return new ContentUpload(store)
                    .store(
                            Map.of(content, () -> Files.newInputStream(file)),
                            () -> store.put(project, path, content, user, now),
                            saved -> true);
        } finally {
            incoming.remove(file);
        }
    }

    private static Content contentOf(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Contents.of(in);
        } catch (IOException unreadable) {
            throw IncomingFiles.unreadable(RESOURCE, unreadable);
        }
    }

    /** Opens a content. */
    public InputStream open(Content content) {
        return new ContentStream(store, content);
    }
}
