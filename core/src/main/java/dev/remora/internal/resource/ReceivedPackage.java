package dev.remora.internal.resource;

import dev.remora.model.Content;
import dev.remora.model.Workflow;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** A package that was found to be sound, with its files still to be stored. To be closed. */
public final class ReceivedPackage implements AutoCloseable {
    private final Workflow definition;
    private final Map<String, Content> files;
    private final Map<Content, FileOpener> openers = new HashMap<>();
    private final Runnable removal;

    ReceivedPackage(Workflow definition, Map<String, Content> files, Map<String, FileOpener> byPath, Runnable removal) {
        this.definition = definition;
        this.files = Map.copyOf(files);
        this.removal = removal;
        files.forEach((path, content) -> openers.putIfAbsent(content, byPath.get(path)));
    }

    /** A definition without files. */
    public static ReceivedPackage of(Workflow definition) {
        return new ReceivedPackage(definition, Map.of(), Map.of(), () -> {});
    }

    /** Returns the definition. */
    public Workflow definition() {
        return definition;
    }

    /** Returns the files by path, without that of the definition. */
    public Map<String, Content> files() {
        return files;
    }

    /** Returns by what each content can be read. */
    Map<Content, FileOpener> openers() {
        return openers;
    }

    @Override
    public void close() {
        removal.run();
    }

    /** Opens a file. */
    @FunctionalInterface
    interface FileOpener {
        InputStream open() throws IOException;
    }
}
