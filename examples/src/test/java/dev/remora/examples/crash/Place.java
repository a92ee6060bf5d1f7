package dev.remora.examples.crash;

import java.nio.file.Path;

/** What survives the engines: their directory, and what they and their jobs wrote down there. */
record Place(Path directory) {
    /** What {@code run} has acknowledged: {@code execId}. */
    Journal acknowledged() {
        return new Journal(directory.resolve("acknowledged"));
    }

    /** Ends of nodes that an engine told its listeners: {@code execId node attempt}. */
    Journal succeeded() {
        return new Journal(directory.resolve("succeeded"));
    }

    /** Jobs that really began: {@code execId node attempt}. */
    Journal began() {
        return new Journal(directory.resolve("began"));
    }

    /** Jobs that really came to their end: {@code execId node attempt}. */
    Journal ended() {
        return new Journal(directory.resolve("ended"));
    }

    Path workDirectory() {
        return directory.resolve("work");
    }
}
