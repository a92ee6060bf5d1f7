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

    /** What jobs and tests have done, one after the other: {@code begin pid jobId}, {@code end pid jobId}, {@code kill pid}. */
    Journal timeline() {
        return new Journal(directory.resolve("timeline"));
    }

    /** Lets jobs up to a number end. */
    void open(int last) {
        new Journal(directory.resolve("open")).add(Integer.toString(last));
    }

    /** Tells whether jobs of a number may end. */
    boolean isOpen(int number) {
        return new Journal(directory.resolve("open"))
                .lines().stream().anyMatch(last -> number <= Integer.parseInt(last));
    }

    Path workDirectory() {
        return directory.resolve("work");
    }
}
