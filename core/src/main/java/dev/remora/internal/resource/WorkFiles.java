package dev.remora.internal.resource;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.util.concurrent.Striped;
import dev.remora.error.StorageException;
import dev.remora.model.Content;
import dev.remora.model.ProjectResource;
import dev.remora.model.ResourceReference;
import dev.remora.spi.ResourceStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;

/** Puts the files that nodes list into work directories. Safe for use by several threads. */
public final class WorkFiles {
    private static final int STRIPES = 256;
    private static final int TRIES = 10;
    private static final int BUFFER = 64 << 10;

    /** A file that was put somewhere, and by what it is known again if nobody touched it. */
    private record Placed(Content content, FileTime modified, long size, Object key) {
        static Placed of(Content content, BasicFileAttributes file) {
            return new Placed(content, file.lastModifiedTime(), file.size(), Objects.toString(file.fileKey()));
        }
    }

    private final ResourceStore store;
    private final IncomingFiles incoming;
    private final Map<Long, Map<Path, Placed>> placed = new ConcurrentHashMap<>();
    private final Striped<Lock> locks = Striped.lock(STRIPES);

    /** Puts files of a store, by way of a directory in the same file system as the work directories. */
    public WorkFiles(ResourceStore store, IncomingFiles incoming) {
        this.store = store;
        this.incoming = incoming;
    }

    /**
     * The attempt that wants files.
     *
     * @param files those of the package of its workflow
     * @param directory the work directory
     * @param stopped whether it is not worth going on
     */
    public record Wish(
            long execId, String project, Map<String, Content> files, Path directory, BooleanSupplier stopped) {}

    /**
     * Puts a file where it is wanted.
     *
     * @throws UnfitResourceException if there is no such file, or no such place
     * @throws StorageException if the storage fails
     * @throws InterruptedException if it was stopped
     */
    public void place(ResourceReference reference, Wish wish)
            throws IOException, UnfitResourceException, InterruptedException {
        Path target = wish.directory().resolve(reference.alias());
        Map<Path, Placed> known = placed.computeIfAbsent(wish.execId(), id -> new ConcurrentHashMap<>());
        Lock lock = locks.get(target);
        lock.lockInterruptibly();
        try {
            place(reference, wish, target, known);
        } catch (FileAlreadyExistsException | NoSuchFileException unfit) {
            throw new UnfitResourceException(
                    "cannot be put to " + reference.alias() + " in the work directory: " + unfit);
        } finally {
            lock.unlock();
        }
    }

    private void place(ResourceReference reference, Wish wish, Path target, Map<Path, Placed> known)
            throws IOException, UnfitResourceException, InterruptedException {
        for (int tries = 1; ; tries++) {
            Content content = find(reference, wish);
            if (isThere(target, content, known)) {
                return;
            }
            makeRoom(reference, wish.directory(), target);
            try {
                write(content, target, wish.stopped());
                known.put(target, Placed.of(content, attributes(target)));
                return;
            } catch (ContentGoneException replaced) {
                if (tries == TRIES) {
                    throw new StorageException(reference.res() + ": " + replaced.getMessage(), false, replaced);
                }
            }
        }
    }

    /** Forgets what was put where for an execution. */
    public void forget(long execId) {
        placed.remove(execId);
    }

    private Content find(ResourceReference reference, Wish wish) throws UnfitResourceException {
        if (reference.scope() == ResourceReference.Scope.PROJECT) {
            return store.find(wish.project(), reference.res())
                    .map(ProjectResource::content)
                    .orElseThrow(() -> new UnfitResourceException("is " + reference.res() + ", which project "
                            + wish.project() + " does not have among its resources; save it and run again"));
        }
        Content content = wish.files().get(reference.res());
        if (content == null) {
            throw new UnfitResourceException(
                    "is " + reference.res() + ", which the zip package of the workflow does not have");
        }
        return content;
    }

    private static boolean isThere(Path target, Content content, Map<Path, Placed> known) throws IOException {
        Placed before = known.get(target);
        if (before == null || !before.content().equals(content)) {
            return false;
        }
        try {
            return before.equals(Placed.of(content, attributes(target)));
        } catch (NoSuchFileException removed) {
            return false;
        }
    }

    private static BasicFileAttributes attributes(Path target) throws IOException {
        return Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes the directories of a target, none of which may be a link that a job has left: it could lead anywhere. */
    private static void makeRoom(ResourceReference reference, Path directory, Path target)
            throws IOException, UnfitResourceException {
        Path at = directory;
        for (Path part : directory.relativize(target.getParent())) {
            if (part.toString().isEmpty()) {
                break;
            }
            at = at.resolve(part);
            makeDirectory(at);
        }
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new UnfitResourceException("cannot be put to " + reference.alias()
                    + " in the work directory: a directory has that name; give it another alias");
        }
    }

    private static void makeDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Files.createDirectory(directory);
            } catch (FileAlreadyExistsException other) {
                // why: another node of the execution may have made it a moment ago
                if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                    throw other;
                }
            }
        }
    }

    private void write(Content content, Path target, BooleanSupplier stopped) throws IOException, InterruptedException {
        Path aside = incoming.create();
        try {
            copy(content, aside, stopped);
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            incoming.remove(aside);
        }
    }

    private void copy(Content content, Path aside, BooleanSupplier stopped) throws IOException, InterruptedException {
        Hasher hasher = Hashing.sha256().newHasher();
        try (InputStream in = new ContentStream(store, content);
                OutputStream out = Files.newOutputStream(aside)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (stopped.getAsBoolean()) {
                    throw new InterruptedException("told to stop while files were fetched");
                }
                hasher.putBytes(buffer, 0, count);
                out.write(buffer, 0, count);
            }
        } catch (IOException failed) {
            if (failed.getCause() instanceof StorageException own) {
                throw own;
            }
            throw failed;
        }
        if (!hasher.hash().toString().equals(content.sha256())) {
            throw new StorageException("content " + content.sha256() + " is damaged in the storage", false);
        }
    }
}
