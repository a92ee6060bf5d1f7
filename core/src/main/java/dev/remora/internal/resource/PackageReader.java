package dev.remora.internal.resource;

import dev.remora.error.LimitExceededException;
import dev.remora.error.Problem;
import dev.remora.error.StorageException;
import dev.remora.error.ValidationException;
import dev.remora.internal.definition.WorkflowCodec;
import dev.remora.internal.problem.Quote;
import dev.remora.model.Content;
import dev.remora.model.Limit;
import dev.remora.model.Workflow;
import dev.remora.model.WorkflowZip;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.zip.ZipException;

/** Reads packages, and refuses what could do harm; see {@link WorkflowZip} for what that is. */
public final class PackageReader {
    private static final String SUBJECT = "zip package";
    private static final String DEFINITION = "workflow.json";
    private static final int MOST_PROBLEMS = 1000;

    private final IncomingFiles incoming;
    private final ToLongFunction<Limit> limits;

    /** Creates a reader that keeps packages in files until they are closed. */
    public PackageReader(IncomingFiles incoming, ToLongFunction<Limit> limits) {
        this.incoming = incoming;
        this.limits = limits;
    }

    /**
     * Reads a package: unpacks every file of it once, to count and to check it.
     *
     * @throws ValidationException if it is refused
     * @throws LimitExceededException if it exceeds a limit
     */
    public ReceivedPackage read(WorkflowZip zip) {
        Path file = receive(zip);
        boolean sound = false;
        try {
            ReceivedPackage received = read(file);
            sound = true;
            return received;
        } catch (BrokenArchiveException | ZipException | EOFException broken) {
            throw ValidationException.of(SUBJECT, "", "is broken: " + broken.getMessage());
        } catch (IOException unreadable) {
            throw new StorageException("cannot read the temporary file " + file + ": " + unreadable, true, unreadable);
        } finally {
            if (!sound) {
                incoming.remove(file);
            }
        }
    }

    private Path receive(WorkflowZip zip) {
        try (InputStream from = zip.open()) {
            return incoming.receive(from, SUBJECT, Limit.PACKAGE_SIZE, bound(Limit.PACKAGE_SIZE));
        } catch (IOException unreadable) {
            throw IncomingFiles.unreadable(SUBJECT, unreadable);
        }
    }

    private ReceivedPackage read(Path file) throws IOException {
        try (ZipArchive archive = ZipArchive.open(file)) {
            Map<String, ZipItem> items = items(archive);
            ZipItem json = items.remove(DEFINITION);
            if (json == null) {
                throw ValidationException.of(SUBJECT, "", "has no " + DEFINITION + " at its root");
            }
            UnpackedBytes unpacked = new UnpackedBytes(archive.size(), limits);
            Workflow definition = definition(archive, json, unpacked);
            Map<String, Content> contents = new LinkedHashMap<>();
            Map<String, ReceivedPackage.FileOpener> openers = new LinkedHashMap<>();
            for (Map.Entry<String, ZipItem> item : items.entrySet()) {
                contents.put(item.getKey(), content(archive, item.getValue(), unpacked));
                openers.put(item.getKey(), () -> reopen(file, item.getValue()));
            }
            return new ReceivedPackage(definition, contents, openers, () -> incoming.remove(file));
        }
    }

    /** The files by path; directories are checked, and left out. */
    private Map<String, ZipItem> items(ZipArchive archive) throws IOException {
        Map<String, ZipItem> files = new LinkedHashMap<>();
        PackageNames names = new PackageNames();
        List<Problem> problems = new ArrayList<>();
        long entries = 0;
        while (archive.hasNext() && problems.size() < MOST_PROBLEMS) {
            entries++;
            if (entries > bound(Limit.PACKAGE_ENTRIES)) {
                throw new LimitExceededException(
                        Limit.PACKAGE_ENTRIES, bound(Limit.PACKAGE_ENTRIES), "the " + SUBJECT + " has more entries");
            }
            ZipItem item = archive.next();
            Optional<String> problem = item.problem().or(() -> names.add(item));
            problem.ifPresent(what -> problems.add(new Problem("entry " + Quote.of(item.name()), what)));
            if (problem.isEmpty() && !item.isDirectory()) {
                files.put(ResourcePath.normal(item.path()), item);
            }
        }
        problems.addAll(names.conflicts());
        if (!problems.isEmpty()) {
            throw new ValidationException(SUBJECT, problems);
        }
        return files;
    }

    private Workflow definition(ZipArchive archive, ZipItem item, UnpackedBytes unpacked) throws IOException {
        try (UnpackedStream in = new UnpackedStream(archive.content(item), item, unpacked)) {
            Workflow definition = WorkflowCodec.parse(
                    new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()), bound(Limit.DEFINITION_SIZE));
            in.finish();
            return definition;
        } catch (CharacterCodingException other) {
            throw ValidationException.of(SUBJECT, DEFINITION, "is not in UTF-8");
        }
    }

    private static Content content(ZipArchive archive, ZipItem item, UnpackedBytes unpacked) throws IOException {
        try (UnpackedStream in = new UnpackedStream(archive.content(item), item, unpacked)) {
            Content content = Contents.of(in);
            in.finish();
            return content;
        }
    }

    private static InputStream reopen(Path file, ZipItem item) throws IOException {
        ZipArchive archive = ZipArchive.open(file);
        return new FilterInputStream(archive.content(item)) {
            @Override
            public void close() throws IOException {
                super.close();
                archive.close();
            }
        };
    }

    private long bound(Limit limit) {
        return limits.applyAsLong(limit);
    }
}
